using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A line with its values as numbers, one a period.</summary>
internal sealed class SummedLine(StatementLine line, ValueList<StatementPeriod> periods)
{
    /// <summary>The line.</summary>
    public StatementLine Line { get; } = line;

    /// <summary>Its label, folded, without apostrophes.</summary>
    public string Folded { get; } = LooseText.Fold(line.Label.Replace("'", string.Empty, StringComparison.Ordinal).Replace("\u2019", string.Empty, StringComparison.Ordinal));

    /// <summary>Its values in the order of the periods; null where it has none.</summary>
    public decimal?[] Values { get; } =
        [.. periods.Select(period => line.ValueOf(period.Key) is { } value ? decimal.Parse(value, NumberStyles.Number, CultureInfo.InvariantCulture) : (decimal?)null)];

    /// <summary>True when all its values have decimals.</summary>
    public bool HasDecimals => Values.Any(value => value is { Scale: > 0 }) && Values.All(value => value is null or { Scale: > 0 } or 0);
}

/// <summary>A line that is the sum of lines before it.</summary>
/// <param name="Total">The line.</param>
/// <param name="Terms">What it is the sum of, from top to bottom.</param>
/// <param name="IsDifference">True when all but the first are taken away from the first.</param>
/// <param name="Computed">The sum of each period.</param>
internal sealed record StatementSum(SummedLine Total, IReadOnlyList<SummedLine> Terms, bool IsDifference, decimal[] Computed);

/// <summary>Finds which lines of a statement are sums of others, by their values.</summary>
internal static partial class StatementSums
{
    /// <summary>A sum has at most this many terms.</summary>
    private const int MostTerms = 40;

    /// <summary>Goes down the lines and replaces the last few by the line that is their sum, in all columns at once.</summary>
    public static IReadOnlyList<StatementSum> Of(IReadOnlyList<SummedLine> lines)
    {
        var sums = new List<StatementSum>();
        var open = new List<SummedLine>();
        var inWholeUnits = lines.Count(line => line.HasDecimals) * 2 < lines.Count;

        // Values per share stand among amounts and are in no sum.
        foreach (var line in lines.Where(line => !(inWholeUnits && line.HasDecimals)))
        {
            if (BestSum(line, open, Total().IsMatch(line.Folded)) is { } best)
            {
                sums.Add(best);
                open.RemoveRange(open.Count - best.Terms.Count, best.Terms.Count);
            }

            open.Add(line);
        }

        return sums;
    }

    /// <summary>True when both are the same but for rounding: rounded terms miss a rounded sum by a little.</summary>
    public static bool Agrees(decimal value, decimal computed, int terms) => Math.Abs(value - computed) <= (terms <= 2 ? 1 : 2) * Step(value, computed);

    /// <summary>How many of the last lines add up to this one in most columns; null when no number does.</summary>
    private static StatementSum? BestSum(SummedLine line, List<SummedLine> open, bool isTotal)
    {
        (StatementSum Sum, int Agreeing)? best = null;
        var columns = line.Values.Length;
        var added = new decimal[columns];
        var wanted = line.Values.Count(value => value is not null);
        for (var terms = 1; terms <= Math.Min(MostTerms, open.Count); terms++)
        {
            var first = open[^terms];
            var difference = new decimal[columns];
            for (var at = 0; at < columns; at++)
            {
                difference[at] = (first.Values[at] ?? 0) - added[at];
                added[at] += first.Values[at] ?? 0;
            }

            foreach (var computed in terms == 1 ? (decimal[][])[added] : [added, difference])
            {
                var agreeing = Enumerable.Range(0, columns).Count(at => line.Values[at] is { } value && Agrees(value, computed[at], terms));
                var telling = Enumerable.Range(0, columns).Any(at => line.Values[at] is { } value && value != 0 && Agrees(value, computed[at], terms));
                var enough = agreeing == wanted || (isTotal && wanted > 1 && agreeing * 2 >= wanted && terms > 1);
                if (telling && enough && (terms > 1 || isTotal) && agreeing > (best?.Agreeing ?? 0))
                {
                    best = (new StatementSum(line, open[^terms..], ReferenceEquals(computed, difference), [.. computed]), agreeing);
                }
            }
        }

        return best?.Sum;
    }

    private static decimal Step(decimal value, decimal computed) => value.Scale > 0 || computed.Scale > 0 ? 0.01m : Math.Abs(value) < 20 ? 0 : 1;

    [GeneratedRegex(@"^(?:sub)?total\b|^net cash\b|^cash (?:generated|provided|used|flows?)\b|^gross (?:profit|margin)|^net (?:income|loss|earnings)\b|^operating (?:income|profit|loss)\b|^(?:income|profit|loss|earnings) (?:loss )?(?:before|from operations)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Total();
}
