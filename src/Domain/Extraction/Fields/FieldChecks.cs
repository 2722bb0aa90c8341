using System.Globalization;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>
/// Checks values of one account against each other and moves their confidence: figures that add up are right, dates in the wrong order are
/// not.
/// </summary>
internal static class FieldChecks
{
    private const double Confirmed = 0.6;
    private const double Doubted = 0.7;

    /// <summary>Pairs of dates of which the first is never after the second.</summary>
    private static readonly (string Earlier, string Later)[] DateOrders =
    [
        ("date_opened", "maturity_date"), ("date_opened", "statement_date"), ("date_opened", "payment_due_date"), ("statement_date", "payment_due_date"),
        ("date_of_birth", "date_opened"),
    ];

    /// <summary>The same fields with their confidence moved.</summary>
    public static ValueList<ExtractedField> Apply(ValueList<ExtractedField> fields)
    {
        var moved = fields.ToList();
        if (Amount(fields, "opening_balance") is { } opening && Amount(fields, "balance") is { } balance
            && Amount(fields, "total_credits") is { } credits && Amount(fields, "total_debits") is { } debits)
        {
            var addsUp = opening + credits - debits == balance;
            Move(moved, ["opening_balance", "balance", "total_credits", "total_debits"], addsUp);
        }

        if (Amount(fields, "original_amount") is { } original && Amount(fields, "payment_amount") is { } payment && payment > original)
        {
            Move(moved, ["original_amount", "payment_amount"], false);
        }

        foreach (var (earlier, later) in DateOrders)
        {
            if (Text(fields, earlier) is { } first && Text(fields, later) is { } second && string.CompareOrdinal(first, second) > 0)
            {
                Move(moved, [earlier, later], false);
            }
        }

        return moved.ToValueList();
    }

    private static void Move(List<ExtractedField> fields, string[] names, bool confirmed)
    {
        for (var at = 0; at < fields.Count; at++)
        {
            if (names.Contains(fields[at].Name, StringComparer.Ordinal))
            {
                var before = fields[at].Confidence.Value;
                var after = confirmed ? 1 - ((1 - before) * (1 - Confirmed)) : before * Doubted;
                fields[at] = fields[at] with { Confidence = new Confidence(after) };
            }
        }
    }

    private static string? Text(ValueList<ExtractedField> fields, string name) => fields.FirstOrDefault(field => field.Name == name)?.Value;

    private static decimal? Amount(ValueList<ExtractedField> fields, string name) =>
        decimal.TryParse(Text(fields, name), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            && Math.Abs(amount) < 1_000_000_000_000_000m ? amount : null;
}
