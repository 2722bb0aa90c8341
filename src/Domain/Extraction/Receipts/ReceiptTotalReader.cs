using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Chooses what the buyer had to pay among the amounts of a receipt: by label, and by what adds up.</summary>
internal static class ReceiptTotalReader
{
    private const double StrongestLabel = 3;
    private const double WeakestLabel = 2;
    private const double AddsUpWeight = 1.5;
    private const double RepeatedWeight = 0.35;
    private const int MostRepeats = 3;

    private static readonly string[] NotTotal =
        ["sub total", "subtotal", "sub ttl", "qty", "quantity", "item", "items", "item s", "discount", "saving", "savings", "excl", "excluding", "exclude", "before", "points", "exc"];

    private static readonly string[] Taxes = ["tax", "gst", "sst", "vat", "service charge", "svc charge", "serv charge", "tva"];
    private static readonly string[] Inclusive = ["incl", "inclusive", "include", "including", "included", "inc"];
    private static readonly string[] Payments = ["cash", "paid", "payment", "tender", "tendered", "received", "card", "visa", "mastercard", "master", "amount paid", "especes"];
    private static readonly string[] Change = ["change", "change due", "cash change", "balance"];
    private static readonly string[] Rounding = ["rounding", "round", "rounding adj"];
    private static readonly string[] SummaryHeads = ["gst summary", "tax summary", "gst analysis", "tax analysis", "sst summary", "vat summary", "tax code"];

    private enum Role
    {
        Other,
        Total,
        Subtotal,
        Tax,
        Rounding,
        Payment,
        Change,
    }

    public static ExtractedField? Read(FieldDefinition field, IReadOnlyList<PrintedLine> lines)
    {
        var labels = field.Labels.Select(LooseText.Fold).ToList();
        var entries = Entries(lines, labels);
        var ranked = entries
            .Where(entry => entry.Role == Role.Total)
            .GroupBy(entry => entry.Amount.Value)
            .Select(same => (Value: same.Key, Places: same.OrderByDescending(entry => entry.Weight).ToList()))
            .Select(candidate => (candidate.Value, candidate.Places, Score: Score(candidate.Value, candidate.Places, entries)))
            .Where(candidate => candidate.Value > 0)
            .OrderByDescending(candidate => candidate.Score).ThenByDescending(candidate => candidate.Value)
            .ToList();
        if (ranked.Count == 0 || ranked[0].Score < WeakestLabel)
        {
            return Computed(field, entries) ?? (ranked.Count == 0 ? Largest(field, entries) : Labelled(field, ranked));
        }

        return Labelled(field, ranked);
    }

    private static ExtractedField Labelled(FieldDefinition field, List<(decimal Value, List<Entry> Places, double Score)> ranked)
    {
        var (value, places, score) = ranked[0];
        var margin = ranked.Count > 1 ? score - ranked[1].Score : 2;
        var sure = Sure(score, margin, places[0]);
        return new ExtractedField(
            field.Name, field.Type, ReceiptAmounts.Plain(value), places[0].Amount.Run.Text, new Confidence(sure), FieldStatus.Supported,
            places.Select(place => place.Amount.Line.Proof(place.Amount.Run)).ToValueList(),
            ranked.Skip(1).Select(other => new Alternative(
                ReceiptAmounts.Plain(other.Value), new Confidence(sure / 2 * Math.Min(1, other.Score / Math.Max(score, 1))), other.Places[0].Amount.Line.Page))
                .ToValueList());
    }

    /// <summary>Rises with the evidence for the amount, its lead over the next one and how well it was recognised.</summary>
    private static double Sure(double score, double margin, Entry place) =>
        Math.Clamp((0.5 + (0.09 * score) + (0.06 * Math.Min(margin, 2))) * (0.5 + (0.5 * PrintedLine.WordConfidence(place.Amount.Run))), 0.05, 0.97);

    private static double Score(decimal value, List<Entry> places, List<Entry> entries)
    {
        var repeats = entries.Count(entry => entry.Amount.Value == value && entry.Role is Role.Other or Role.Payment or Role.Subtotal);
        return places[0].Weight + (0.5 * (Math.Min(places.Count, 3) - 1))
            + (AddsUp(value, entries) ? AddsUpWeight : 0)
            + (RepeatedWeight * Math.Min(repeats, MostRepeats));
    }

    private static bool AddsUp(decimal value, List<Entry> entries) =>
        PaidLessChange(entries).Contains(value)
        || (entries.Where(entry => entry.Role == Role.Rounding && entry.Amount.Value != 0).ToList() is { Count: > 0 } roundings
            && entries.Any(entry => entry.Role is Role.Total or Role.Subtotal && entry.Amount.Value != value
                && roundings.Exists(rounding => Math.Abs(entry.Amount.Value - value) == Math.Abs(rounding.Amount.Value))));

    private static IEnumerable<decimal> PaidLessChange(List<Entry> entries) =>
        from paid in entries
        where paid.Role == Role.Payment
        from change in entries
        where change.Role == Role.Change && change.Amount.Value >= 0 && change.Amount.Value < paid.Amount.Value
        select paid.Amount.Value - change.Amount.Value;

    /// <summary>No total was printed legibly: what was paid less the change, or the parts added up.</summary>
    private static ExtractedField? Computed(FieldDefinition field, List<Entry> entries)
    {
        var sums = PaidLessChange(entries).Select(amount => (Amount: amount, Sure: 0.6)).ToList();
        if (sums.Count == 0 && entries.LastOrDefault(entry => entry.Role == Role.Subtotal) is { } subtotal)
        {
            var extras = entries.Where(entry => entry.Role is Role.Tax or Role.Rounding && !entry.IsInclusive).Sum(entry => entry.Amount.Value);
            sums.Add((subtotal.Amount.Value + extras, 0.4));
        }

        return sums.Count == 0 ? null : new ExtractedField(
            field.Name, field.Type, ReceiptAmounts.Plain(sums[0].Amount), ReceiptAmounts.Plain(sums[0].Amount), new Confidence(sums[0].Sure),
            FieldStatus.Derived, [], []);
    }

    private static ExtractedField? Largest(FieldDefinition field, List<Entry> entries) =>
        entries.Where(entry => entry.Role == Role.Other && entry.Amount.Value > 0).MaxBy(entry => entry.Amount.Value) is { } largest
            ? new ExtractedField(
                field.Name, field.Type, ReceiptAmounts.Plain(largest.Amount.Value), largest.Amount.Run.Text, new Confidence(0.2),
                FieldStatus.Supported, [largest.Amount.Line.Proof(largest.Amount.Run)], [])
            : null;

    private static List<Entry> Entries(IReadOnlyList<PrintedLine> lines, List<string> labels)
    {
        var entries = new List<Entry>();
        var inSummary = false;
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            inSummary |= entries.Count > 0 && Array.Exists(SummaryHeads, head => LooseText.ContainsPhrase(line.Folded, head));
            var amounts = ReceiptAmounts.Of(line);
            var caption = amounts.Count > 0 ? LooseText.Fold(line.Text[..amounts[0].Start]) : string.Empty;
            if (amounts.Count > 0 && caption.Length == 0 && index > 0 && ReceiptAmounts.Of(lines[index - 1]).Count == 0)
            {
                // The label stands alone on the line above when the paper is skewed or the layout has two lines.
                caption = lines[index - 1].Folded;
            }

            foreach (var amount in amounts)
            {
                entries.Add(inSummary ? new Entry(amount, Role.Other, 0, false) : Entry.Of(amount, caption, amounts.Count, labels));
            }
        }

        return entries;
    }

    private sealed record Entry(ReceiptAmount Amount, Role Role, double Weight, bool IsInclusive)
    {
        public static Entry Of(ReceiptAmount amount, string caption, int amountsOnLine, List<string> labels)
        {
            bool Says(string[] phrases) => Array.Exists(phrases, phrase => LooseText.ContainsPhrase(caption, phrase));
            var rank = labels.FindIndex(label => LooseText.ContainsPhrase(caption, label));
            var (inclusive, excluded, taxed) = (Says(Inclusive), Says(NotTotal), Says(Taxes));
            if (rank >= 0 && !excluded && (!taxed || inclusive) && !Says(Change))
            {
                // Labels are listed from the plainest to the vaguest, so that their place in the list is their weight.
                var weight = StrongestLabel - ((StrongestLabel - WeakestLabel) * rank / Math.Max(1, labels.Count - 1));
                return new Entry(amount, Role.Total, amountsOnLine > 1 ? weight - 0.75 : weight, inclusive);
            }

            var role = Says(Rounding) ? Role.Rounding
                : Says(Change) ? Role.Change
                : Says(Payments) ? Role.Payment
                : Says(["sub total", "subtotal"]) || (rank >= 0 && excluded) ? Role.Subtotal
                : taxed ? Role.Tax
                : Role.Other;
            return new Entry(amount, role, 0, inclusive);
        }
    }
}
