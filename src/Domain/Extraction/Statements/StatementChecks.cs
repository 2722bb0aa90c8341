using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Works out the sums of a statement again.</summary>
internal static partial class StatementChecks
{
    private const string Balances = "assets_equal_liabilities_and_equity";
    private const string Reconciles = "cash_reconciles";
    private const string Ends = "cash_at_end";
    private const string Sum = "sum_of_section";

    /// <summary>A sum has at most this many terms.</summary>
    private const int MostTerms = 40;

    private static readonly string[] Activities = ["operating", "investing", "financing"];

    /// <summary>True for a check that holds in every statement that is read right; another may fail where lines hang together in an unusual way.</summary>
    public static bool IsIdentity(string name) => name is Balances or Reconciles or Ends;

    /// <summary>Every sum that the lines of a statement let one work out.</summary>
    public static ValueList<StatementCheck> Of(FinancialStatement statement)
    {
        var lines = statement.Lines.Select(line => new SummedLine(line, statement.Periods)).ToList();
        var sums = SumsOf(lines, statement.Periods);
        return
        [
            .. statement.Type switch
            {
                StatementType.BalanceSheet => BalanceChecks(lines, statement.Periods),
                StatementType.CashFlow => CashChecks(lines, statement.Periods, sums),
                StatementType.IncomeStatement => [],
            },
            .. sums,
        ];
    }

    /// <summary>Goes down the lines and replaces the last few by the line that is their sum, in all columns at once.</summary>
    private static List<StatementCheck> SumsOf(List<SummedLine> lines, ValueList<StatementPeriod> periods)
    {
        var checks = new List<StatementCheck>();
        var open = new List<SummedLine>();
        var inWholeUnits = lines.Count(line => line.HasDecimals) * 2 < lines.Count;
        foreach (var line in lines)
        {
            // Values per share stand among amounts and are in no sum.
            if (inWholeUnits && line.HasDecimals)
            {
                continue;
            }

            var isTotal = Total().IsMatch(line.Folded);
            if (BestSum(line, open, isTotal) is { } best)
            {
                checks.AddRange(periods.Select((period, at) => (period, at)).Where(each => line.Values[each.at] is not null).Select(each => Check(Sum, line, each.period, each.at, best.Computed[each.at])));
                open.RemoveRange(open.Count - best.Terms, best.Terms);
            }

            open.Add(line);
        }

        return checks;
    }

    /// <summary>How many of the last lines add up to this one in most columns; null when no number does.</summary>
    private static (int Terms, decimal[] Computed)? BestSum(SummedLine line, List<SummedLine> open, bool isTotal)
    {
        (int Terms, decimal[] Computed, int Agreeing)? best = null;
        var columns = line.Values.Length;
        var added = new decimal[columns];
        var wanted = line.Values.Count(value => value is not null);
        for (var terms = 1; terms <= Math.Min(MostTerms, open.Count); terms++)
        {
            var first = open[^terms];
            var lessRest = new decimal[columns];
            for (var at = 0; at < columns; at++)
            {
                lessRest[at] = (first.Values[at] ?? 0) - added[at];
                added[at] += first.Values[at] ?? 0;
            }

            foreach (var computed in terms == 1 ? (decimal[][])[added] : [added, lessRest])
            {
                var agreeing = Enumerable.Range(0, columns).Count(at => line.Values[at] is { } value && Agrees(value, computed[at], terms));
                var telling = Enumerable.Range(0, columns).Any(at => line.Values[at] is { } value && value != 0 && Agrees(value, computed[at], terms));
                var enough = agreeing == wanted || (isTotal && wanted > 1 && agreeing * 2 >= wanted && terms > 1);
                if (telling && enough && (terms > 1 || isTotal) && agreeing > (best?.Agreeing ?? 0))
                {
                    best = (terms, [.. computed], agreeing);
                }
            }
        }

        return best is { } found ? (found.Terms, found.Computed) : null;
    }

    private static IEnumerable<StatementCheck> BalanceChecks(List<SummedLine> lines, ValueList<StatementPeriod> periods)
    {
        var assets = lines.Find(line => line.Folded is "total assets" || LooseText.Difference(line.Folded, "total assets") < 0.1);
        var claims = lines.FindLast(line => AllClaims().IsMatch(line.Folded)) ?? null;
        if (assets is not null && claims is not null)
        {
            return PerPeriod(Balances, claims, periods, at => assets.Values[at]);
        }

        var net = lines.Find(line => line.Folded.StartsWith("net assets", StringComparison.Ordinal));
        var equity = lines.FindLast(line => TotalEquity().IsMatch(line.Folded));
        if (net is not null && equity is not null)
        {
            return PerPeriod(Balances, equity, periods, at => net.Values[at]);
        }

        var liabilities = lines.FindLast(line => line.Folded is "total liabilities");
        return assets is not null && liabilities is not null && equity is not null
            ? PerPeriod(Balances, assets, periods, at => liabilities.Values[at] + equity.Values[at])
            : [];
    }

    private static IEnumerable<StatementCheck> CashChecks(List<SummedLine> lines, ValueList<StatementPeriod> periods, List<StatementCheck> sums)
    {
        var change = lines.FindLast(line => Change().IsMatch(line.Folded));
        var parts = Activities.Select(kind => lines.FindLast(line => line.Folded.Contains(kind, StringComparison.Ordinal) && Net().IsMatch(line.Folded))).ToList();
        if (change is null)
        {
            yield break;
        }

        // Where the sum of the lines above was found, it says more: it knows of discontinued operations and the like.
        var own = sums.Where(check => check.Label == change.Line.Label).ToList();
        if (own.Count > 0 && own.TrueForAll(check => check.Holds))
        {
            foreach (var check in own)
            {
                yield return check with { Name = Reconciles };
            }
        }
        else if (parts.TrueForAll(part => part is not null))
        {
            var exchange = lines.Where(line => Exchange().IsMatch(line.Folded) && lines.IndexOf(line) > lines.IndexOf(parts[0]!)).TakeLast(1).ToList();
            foreach (var check in PerPeriod(Reconciles, change, periods, at => parts.Sum(part => part!.Values[at] ?? 0) + exchange.Sum(line => line.Values[at] ?? 0)))
            {
                yield return check;
            }
        }

        var begin = lines.Find(line => Begin().IsMatch(line.Folded) && line.Folded.Contains("cash", StringComparison.Ordinal));
        var end = lines.FindLast(line => End().IsMatch(line.Folded) && line.Folded.Contains("cash", StringComparison.Ordinal) && line != begin);
        if (begin is not null && end is not null)
        {
            var late = lines.Where(line => Exchange().IsMatch(line.Folded) && lines.IndexOf(line) > lines.IndexOf(change)).Take(1).ToList();
            foreach (var check in PerPeriod(Ends, end, periods, at => begin.Values[at] is { } from && change.Values[at] is { } by ? from + by + late.Sum(line => line.Values[at] ?? 0) : null))
            {
                yield return check;
            }
        }
    }

    private static IEnumerable<StatementCheck> PerPeriod(string name, SummedLine line, ValueList<StatementPeriod> periods, Func<int, decimal?> computed) =>
        periods.Select((period, at) => (period, at)).Where(each => line.Values[each.at] is not null && computed(each.at) is not null)
            .Select(each => Check(name, line, each.period, each.at, computed(each.at)!.Value));

    private static StatementCheck Check(string name, SummedLine line, StatementPeriod period, int at, decimal computed) => new(
        name, line.Line.Label, period.Key, line.Line.ValueOf(period.Key)!, computed.ToString(CultureInfo.InvariantCulture), Agrees(line.Values[at]!.Value, computed, 3));

    /// <summary>Rounded terms miss a rounded sum by a little.</summary>
    private static bool Agrees(decimal value, decimal computed, int terms) => Math.Abs(value - computed) <= (terms <= 2 ? 1 : 2) * Step(value, computed);

    private static decimal Step(decimal value, decimal computed) => value.Scale > 0 || computed.Scale > 0 ? 0.01m : Math.Abs(value) < 20 ? 0 : 1;

    [GeneratedRegex(@"^(?:sub)?total\b|^net cash\b|^cash (?:generated|provided|used|flows?)\b|^gross (?:profit|margin)|^net (?:income|loss|earnings)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Total();

    [GeneratedRegex(@"^total (?:liabilities|equity|shareholders|stockholders|capital).* and .*(?:equity|deficit|deficiency|capital|liabilities|net assets|investment|interests?)$|^total capital and liabilities", RegexOptions.NonBacktracking)]
    private static partial Regex AllClaims();

    [GeneratedRegex(@"^total (?:stockholders |shareholders |shareowners |members |owners )?(?:equity|deficit)|^(?:equity )?shareholders funds|^total (?:shareholders|stockholders)", RegexOptions.NonBacktracking)]
    private static partial Regex TotalEquity();

    [GeneratedRegex(@"^(?:net )?(?:increase|decrease|change)\b.*\b(?:cash|equivalents)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Change();

    [GeneratedRegex(@"\bcash\b.*\bactivities\b|^(?:net )?cash .*(?:operations|operating|investing|financing)", RegexOptions.NonBacktracking)]
    private static partial Regex Net();

    [GeneratedRegex(@"\bexchange\b|\bcurrency\b", RegexOptions.NonBacktracking)]
    private static partial Regex Exchange();

    [GeneratedRegex(@"\bbeginning\b|\bopening\b|\bat start\b|\bstart of\b|\bat 1 ", RegexOptions.NonBacktracking)]
    private static partial Regex Begin();

    [GeneratedRegex(@"\bend of\b|\bending\b|\bclosing\b|\bat end\b|\bat the end\b|\bat 3[01] ", RegexOptions.NonBacktracking)]
    private static partial Regex End();

    /// <summary>A line with its values as numbers, one a period.</summary>
    private sealed class SummedLine(StatementLine line, ValueList<StatementPeriod> periods)
    {
        public StatementLine Line { get; } = line;

        public string Folded { get; } = LooseText.Fold(line.Label.Replace("'", string.Empty, StringComparison.Ordinal).Replace("\u2019", string.Empty, StringComparison.Ordinal));

        public decimal?[] Values { get; } = [.. periods.Select(period => line.ValueOf(period.Key) is { } value ? decimal.Parse(value, NumberStyles.Number, CultureInfo.InvariantCulture) : (decimal?)null)];

        /// <summary>True when all its values have decimals.</summary>
        public bool HasDecimals => Values.Any(value => value is { Scale: > 0 }) && Values.All(value => value is null or { Scale: > 0 } or 0);
    }
}
