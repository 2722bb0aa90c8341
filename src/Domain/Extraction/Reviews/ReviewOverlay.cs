using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Lays what people said of a document's fields over what a run read.</summary>
public static class ReviewOverlay
{
    /// <summary>
    /// The result as it is shown. A person's value stays whatever a run reads: another value goes to the alternatives, and a field that the run did not find
    /// is shown all the same. Each standing review is shown exactly once, no reading is lost, and no two fields have one id.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="result">What a run read.</param>
    /// <param name="trail">Every review of the document, oldest first.</param>
    public static ReviewedResult Apply(DocumentId document, ExtractionResult result, IEnumerable<FieldReview> trail)
    {
        var standing = FieldReview.Standing(trail);
        var accounts = result.Accounts.Count == 0 && standing.Count > 0
            ? [new AccountExtraction(0, null, [], [], [])]
            : result.Accounts;
        var reviewsOf = standing.ToLookup(review => ReviewMatch.AccountOf(review, accounts));
        var taken = standing.Select(static review => review.Field).ToHashSet();
        return new ReviewedResult(accounts.Select((account, at) => Apply(document, account, [.. reviewsOf[at]], taken)).ToValueList())
        {
            Statements = result.Statements,
            StatementsLeftOut = result.StatementsLeftOut,
        };
    }

    private static ReviewedAccount Apply(DocumentId document, AccountExtraction account, List<FieldReview> reviews, HashSet<FieldId> taken)
    {
        var places = ReviewMatch.FieldsOf(reviews, account.Fields);
        var reviewAt = reviews.Zip(places).Where(static pair => pair.Second >= 0).ToDictionary(static pair => pair.Second, static pair => pair.First);
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        var fields = account.Fields.Select((machine, at) => reviewAt.TryGetValue(at, out var review)
            ? new ReviewedField(review.Field, Shown(machine, review, account), machine, review)
            : new ReviewedField(NextId(machine.Name), machine, machine, null));
        var onlyReviewed = reviews.Zip(places).Where(static pair => pair.Second < 0)
            .Select(pair => new ReviewedField(pair.First.Field, Shown(pair.First.Reading, pair.First, account), null, pair.First));
        return new ReviewedAccount(account, [.. fields, .. onlyReviewed]);

        FieldId NextId(string name)
        {
            while (true)
            {
                var ordinal = ordinals.GetValueOrDefault(name);
                ordinals[name] = ordinal + 1;
                var id = FieldId.Of(document, account.Index, name, ordinal);
                if (taken.Add(id))
                {
                    return id;
                }
            }
        }
    }

    private static ExtractedField Shown(ExtractedField reading, FieldReview review, AccountExtraction account)
    {
        var value = review.Value;
        var page = reading.Evidence.Select(static evidence => evidence.Page).Concat(account.Pages).FirstOrDefault(1);
        IEnumerable<Alternative> read = FieldValue.Of(reading) == value ? [] : [new Alternative(reading.Value, reading.Confidence, page)];
        return reading with
        {
            Value = value.Value,
            Key = value.Key,
            Confidence = Confidence.Full,
            Status = StatusOf(reading, value),
            Alternatives = [.. read, .. reading.Alternatives.Where(other => other.Value != value.Value)],
        };
    }

    /// <summary>A person vouches for the value at the place where it was read; without a place nothing on the pages backs it.</summary>
    private static FieldStatus StatusOf(ExtractedField reading, FieldValue value) =>
        reading.Status is FieldStatus.Derived && FieldValue.Of(reading) == value ? FieldStatus.Derived
        : reading.Evidence.Count > 0 ? FieldStatus.Supported
        : FieldStatus.Unsupported;
}
