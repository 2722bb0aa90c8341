using System.Text.Json;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>One prediction: how sure the reader was, and whether it was right.</summary>
/// <param name="Confidence">What the reader said, 0 to 1.</param>
/// <param name="Right">Whether the truth agrees.</param>
internal readonly record struct Judgement(double Confidence, bool Right);

/// <summary>Counts from which precision and recall follow.</summary>
/// <param name="Expected">Values in the truth.</param>
/// <param name="Predicted">Values that were read.</param>
/// <param name="Right">Values that were read and are true.</param>
internal readonly record struct Tally(int Expected, int Predicted, int Right)
{
    /// <summary>The harmonic mean of precision and recall; 1 when there was nothing to read and nothing was read.</summary>
    public double F1 => Expected + Predicted == 0 ? 1 : 2.0 * Right / (Expected + Predicted);

    /// <summary>Adds two counts.</summary>
    public static Tally operator +(Tally left, Tally right) =>
        new(left.Expected + right.Expected, left.Predicted + right.Predicted, left.Right + right.Right);
}

/// <summary>What one receipt scored.</summary>
/// <param name="Fields">A tally by field name.</param>
/// <param name="Judgements">One for each value that was read.</param>
internal sealed record ReceiptScore(IReadOnlyDictionary<string, Tally> Fields, ValueList<Judgement> Judgements);

/// <summary>Compares the four fields of a receipt with the truth: <c>fields{company,date,address,total}</c>.</summary>
/// <remarks>
/// Names and addresses must agree after folding letter case, white space and punctuation; dates as days and totals as amounts.
/// The mean over the fields' F1 is the figure that is published.
/// </remarks>
internal static class ReceiptScoring
{
    /// <summary>The fields that count.</summary>
    public static IReadOnlyList<string> FieldNames { get; } = ["company", "date", "address", "total"];

    /// <summary>Scores one receipt.</summary>
    public static ReceiptScore Score(JsonDocument truth, ValueList<ExtractedField> fields)
    {
        var expected = truth.RootElement.GetProperty("fields");
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        var judgements = new List<Judgement>();
        foreach (var name in FieldNames)
        {
            var wanted = expected.TryGetProperty(name, out var value) ? value.GetString() : null;
            var read = fields.FirstOrDefault(field => field.Name == name);
            var right = read is not null && wanted is not null && Agrees(name, wanted, read.Value);
            tallies[name] = new Tally(wanted is null ? 0 : 1, read is null ? 0 : 1, right ? 1 : 0);
            if (read is not null)
            {
                judgements.Add(new Judgement(read.Confidence.Value, right));
            }
        }

        return new ReceiptScore(tallies, judgements.ToValueList());
    }

    private static bool Agrees(string name, string wanted, string read) => name switch
    {
        "date" => ReceiptDates.Normalize(wanted, monthFirst: false) == read,
        "total" => ReceiptAmounts.Normalize(wanted) == read,
        _ => LooseText.Squeeze(wanted) == LooseText.Squeeze(read),
    };
}
