using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Finds in a run's result what a review is about: by account, name, value and place, never by position in a list.</summary>
internal static class ReviewMatch
{
    /// <summary>Boxes that share this much of the smaller one stand at the same place.</summary>
    private const double SamePlaceShare = 0.3;

    /// <summary>From the surest sign to the weakest; each review takes one field at most, and the other way round.</summary>
    private static readonly Func<FieldReview, ExtractedField, bool>[] Signs =
    [
        static (review, field) => HasValueOf(review.Reading, field) && StandsAtPlaceOf(review.Reading, field),
        static (review, field) => HasValueOf(review.Reading, field),
        static (review, field) => HasValueOf(review.Value, field),
        static (review, field) => StandsAtPlaceOf(review.Reading, field),
        static (review, field) => review.Reading.Key is { } key && key == field.Key,
        static (review, _) => !review.IsMultiple,
    ];

    /// <summary>The place in <paramref name="accounts"/> of the account that a review belongs to: the one of its number, or else of its page, or else of its index.</summary>
    public static int AccountOf(FieldReview review, ValueList<AccountExtraction> accounts)
    {
        var best = Enumerable.Range(0, accounts.Count).MaxBy(at =>
            (accounts[at].AccountNumber == review.Account.Number,
                review.Reading.Evidence.Any(evidence => accounts[at].Pages.Contains(evidence.Page)),
                accounts[at].Index == review.Account.Index,
                -at));
        return best;
    }

    /// <summary>For each review the place of its field in <paramref name="fields"/>, or -1 when the run has none.</summary>
    public static int[] FieldsOf(IReadOnlyList<FieldReview> reviews, ValueList<ExtractedField> fields)
    {
        var found = Enumerable.Repeat(-1, reviews.Count).ToArray();
        var taken = new bool[fields.Count];
        foreach (var sign in Signs)
        {
            for (var at = 0; at < reviews.Count; at++)
            {
                if (found[at] < 0 && FirstFree(reviews[at], sign) is { } field)
                {
                    (found[at], taken[field]) = (field, true);
                }
            }
        }

        return found;

        int? FirstFree(FieldReview review, Func<FieldReview, ExtractedField, bool> sign)
        {
            for (var field = 0; field < fields.Count; field++)
            {
                if (!taken[field] && fields[field].Name == review.Reading.Name && sign(review, fields[field]))
                {
                    return field;
                }
            }

            return null;
        }
    }

    private static bool HasValueOf(ExtractedField reading, ExtractedField field) => HasValueOf(FieldValue.Of(reading), field);

    private static bool HasValueOf(FieldValue value, ExtractedField field) => value == FieldValue.Of(field);

    private static bool StandsAtPlaceOf(ExtractedField reading, ExtractedField field) => reading.Evidence.Any(
        first => field.Evidence.Any(second => first.Page == second.Page && first.Boxes.Any(box => second.Boxes.Any(other => Overlap(box, other)))));

    private static bool Overlap(Box first, Box second) =>
        first.Intersection(second).Area is > 0 and var shared && shared >= SamePlaceShare * Math.Min(first.Area, second.Area);
}
