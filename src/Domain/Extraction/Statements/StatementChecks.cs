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

    private static readonly string[] Activities = ["operating", "investing", "financing"];

    /// <summary>True for a check that holds in every statement that is read right; another may fail where lines hang together in an unusual way.</summary>
    public static bool IsIdentity(string name) => name is Balances or Reconciles or Ends;

    /// <summary>Every sum that the lines of a statement let one work out.</summary>
    /// <remarks>A line that is not called a total and agrees with the lines before it in some columns only is taken for no sum of theirs.</remarks>
    public static ValueList<StatementCheck> Of(FinancialStatement statement) =>
        All(statement).Where(check => check.Holds || IsIdentity(check.Name) || NamedTotal().IsMatch(LooseText.Fold(check.Label))).ToValueList();

    /// <summary>The same with doubtful sums, for whoever looks for slips of recognition.</summary>
    public static ValueList<StatementCheck> All(FinancialStatement statement)
    {
        var lines = statement.Lines.Select(line => new SummedLine(line, statement.Periods)).ToList();
        var sums = StatementSums.Of(lines).SelectMany(sum => PerPeriod(Sum, sum.Total, statement.Periods, at => sum.Computed[at])).ToList();
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
        name, line.Line.Label, period.Key, line.Line.ValueOf(period.Key)!, computed.ToString(CultureInfo.InvariantCulture), StatementSums.Agrees(line.Values[at]!.Value, computed, 3));

    [GeneratedRegex(@"^(?:sub)?total\b|^net cash\b|^cash (?:generated|provided|used)\b", RegexOptions.NonBacktracking)]
    private static partial Regex NamedTotal();

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
}
