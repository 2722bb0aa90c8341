using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>What one report scored.</summary>
/// <param name="Pages">Pages of statements expected, named, and named rightly.</param>
/// <param name="Values">By statement: values expected, read, and read rightly.</param>
/// <param name="Judgements">One for each value that was read.</param>
internal sealed record StatementScore(Tally Pages, IReadOnlyDictionary<string, Tally> Values, ValueList<Judgement> Judgements);

/// <summary>Compares statements with the truth: <c>statement_pages</c> and <c>line_items[{statement,label,values{period:number},page}]</c>.</summary>
/// <remarks>
/// A value is right when its statement, label, period and number are. Labels are folded and may differ by <see cref="Tolerance"/> of their characters; of labels that break over lines the truth may
/// have only a part. A period is the same when year, day and length are, as far as the truth says them. Each true value can be matched once.
/// </remarks>
internal static partial class StatementScoring
{
    /// <summary>The largest share of a label's characters that may differ.</summary>
    public const double Tolerance = 0.15;

    /// <summary>A part of a label must be this long to stand for the whole.</summary>
    private const int ShortestPart = 8;

    /// <summary>Scores one report.</summary>
    public static StatementScore Score(JsonDocument truth, ValueList<FinancialStatement> statements)
    {
        var wantedPages = truth.RootElement.GetProperty("statement_pages").EnumerateObject()
            .SelectMany(static type => type.Value.EnumerateArray().Select(page => (Type: type.Name, Page: page.GetInt32()))).ToHashSet();
        var namedPages = statements.SelectMany(static statement => statement.Pages.Select(page => (Type: TypeOf(statement), Page: page))).ToHashSet();
        var wanted = truth.RootElement.GetProperty("line_items").EnumerateArray().SelectMany(ValuesOf).ToList();
        var judgements = new List<Judgement>();
        var right = new List<TrueValue>();
        var read = new List<string>();
        foreach (var statement in statements)
        {
            foreach (var line in statement.Lines)
            {
                foreach (var cell in line.Cells)
                {
                    read.Add(TypeOf(statement));
                    var match = wanted.Find(value => value.Statement == TypeOf(statement) && IsSame(value, statement, line, cell));
                    judgements.Add(new Judgement(line.Confidence.Value, match is not null));
                    if (match is not null)
                    {
                        wanted.Remove(match);
                        right.Add(match);
                    }
                }
            }
        }

        var types = wanted.Concat(right).Select(static value => value.Statement).Concat(read).Distinct(StringComparer.Ordinal);
        return new StatementScore(
            new Tally(wantedPages.Count, namedPages.Count, wantedPages.Intersect(namedPages).Count()),
            types.ToDictionary(
                static type => type,
                type => new Tally(
                    wanted.Concat(right).Count(value => value.Statement == type), read.Count(name => name == type), right.Count(value => value.Statement == type)),
                StringComparer.Ordinal),
            judgements.ToValueList());
    }

    private static string TypeOf(FinancialStatement statement) => JsonNamingPolicy.SnakeCaseLower.ConvertName(statement.Type.ToString());

    private static IEnumerable<TrueValue> ValuesOf(JsonElement item) => item.GetProperty("values").EnumerateObject().Select(value => new TrueValue(
        item.GetProperty("statement").GetString()!, LooseText.Fold(item.GetProperty("label").GetString()!), value.Name, value.Value.GetDecimal()));

    private static bool IsSame(TrueValue value, FinancialStatement statement, StatementLine line, StatementCell cell) =>
        decimal.TryParse(cell.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number == value.Number
        && IsSamePeriod(value.Period, statement.Periods.First(period => period.Key == cell.Period)) && IsSameLabel(value.Label, LooseText.Fold(line.Label));

    private static bool IsSameLabel(string wanted, string read) =>
        LooseText.Difference(wanted, read) <= Tolerance
        || (wanted.Length >= ShortestPart && (read.StartsWith(wanted, StringComparison.Ordinal) || read.EndsWith(wanted, StringComparison.Ordinal)));

    private static bool IsSamePeriod(string wanted, StatementPeriod read)
    {
        var match = Period().Match(wanted);
        var year = match.Groups["year"].Value;
        var months = match.Groups["months"].Success ? int.Parse(match.Groups["months"].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        return match.Success
            && (match.Groups["date"].Success ? read.End is { } end && DateNormalizer.Format(end) == match.Groups["date"].Value : read.Key.Contains(year, StringComparison.Ordinal))
            && (months is null || read.Months is null || months == read.Months);
    }

    [GeneratedRegex(@"^(?:(?<months>[0-9]+)M )?(?:FY)?(?:(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?<year>[0-9]{4}))$", RegexOptions.NonBacktracking)]
    private static partial Regex Period();

    private sealed record TrueValue(string Statement, string Label, string Period, decimal Number);
}
