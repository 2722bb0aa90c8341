using System.Globalization;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>
/// Checks values of one account against each other and moves their confidence: figures that add up are right, dates in the wrong order are
/// not.
/// </summary>
public static class FieldChecks
{
    private const double Confirmed = 0.6;
    private const double Doubted = 0.7;

    /// <summary>Pairs of dates of which the first is never after the second.</summary>
    private static readonly (string Earlier, string Later)[] DateOrders =
    [
        ("date_opened", "maturity_date"), ("date_opened", "statement_date"), ("date_opened", "payment_due_date"), ("statement_date", "payment_due_date"),
        ("date_of_birth", "date_opened"),
    ];

    /// <summary>The same fields with their confidence moved. For the values that are to be the result, once: a second time would move them again.</summary>
    /// <param name="fields">The fields of one account, whoever read them.</param>
    public static ValueList<ExtractedField> Apply(ValueList<ExtractedField> fields)
    {
        var moved = fields.ToList();
        if (Amount(fields, "opening_balance") is { } opening && Amount(fields, "balance") is { } balance
            && Amount(fields, "total_credits") is { } credits && Amount(fields, "total_debits") is { } debits)
        {
            var figures = Named(fields, "opening_balance", "balance", "total_credits", "total_debits");
            Move(moved, figures, opening + credits - debits == balance);
        }

        if (Amount(fields, "original_amount") is { } original && Amount(fields, "payment_amount") is { } payment && payment > original)
        {
            Move(moved, Named(fields, "original_amount", "payment_amount"), confirmed: false);
        }

        foreach (var (earlier, later) in DateOrders)
        {
            // Of a field with several values, only those that cannot be right.
            var pairs = Named(fields, earlier).SelectMany(_ => Named(fields, later), (first, second) => (First: first, Second: second))
                .Where(pair => string.CompareOrdinal(fields[pair.First].Value, fields[pair.Second].Value) > 0).ToList();
            Move(moved, [.. pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct()], confirmed: false);
        }

        return moved.ToValueList();
    }

    /// <summary>Moves the confidence of some fields. What stands on no page is doubted before what does, and is never believed above its cap.</summary>
    private static void Move(List<ExtractedField> fields, List<int> places, bool confirmed)
    {
        var unsupported = places.FindAll(at => fields[at].Status is FieldStatus.Unsupported);
        foreach (var at in confirmed || unsupported.Count is 0 ? places : unsupported)
        {
            var before = fields[at].Confidence.Value;
            var after = new Confidence(confirmed ? 1 - ((1 - before) * (1 - Confirmed)) : before * Doubted);
            var isCapped = fields[at].Status is FieldStatus.Unsupported && after > ConfidenceModel.UnsupportedCap;
            fields[at] = fields[at] with { Confidence = isCapped ? ConfidenceModel.UnsupportedCap : after };
        }
    }

    private static List<int> Named(ValueList<ExtractedField> fields, params string[] names) =>
        [.. Enumerable.Range(0, fields.Count).Where(at => names.Contains(fields[at].Name, StringComparer.Ordinal))];

    private static decimal? Amount(ValueList<ExtractedField> fields, string name) =>
        decimal.TryParse(fields.FirstOrDefault(field => field.Name == name)?.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            && Math.Abs(amount) < 1_000_000_000_000_000m ? amount : null;
}
