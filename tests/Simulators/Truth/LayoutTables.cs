using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Simulators.Truth;

/// <summary>Reads account activity and payment schedules out of text that keeps its layout: a header line, and below it lines that begin with a date or with a number and a date.</summary>
internal static partial class LayoutTables
{
    private const string Transactions = "transactions";
    private const string Amortization = "amortization";

    /// <summary>Header words with their columns.</summary>
    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["#"] = "number",
        ["Date"] = "date",
        ["Description"] = "description",
        ["Credits"] = "credit",
        ["Debits"] = "debit",
        ["Amount"] = "amount",
        ["Total"] = "total",
        ["Payment"] = "payment",
        ["Principal"] = "principal",
        ["Interest"] = "interest",
        ["Balance"] = "balance",
    };

    /// <summary>Reads the tables of one account.</summary>
    /// <param name="pages">Its pages; a table may go on from page to page.</param>
    /// <param name="period">The days that it covers, <c>2011-06-01/2011-06-30</c>, to complete dates without a year.</param>
    public static IReadOnlyList<TruthTable> Read(IEnumerable<TruthPage> pages, string? period) =>
        [.. pages.SelectMany(page => RowsOf(page, period)).GroupBy(static row => row.Table).Select(static table => new TruthTable(table.Key, [.. table.Select(static row => row.Row)]))];

    private static IEnumerable<(string Table, TruthRow Row)> RowsOf(TruthPage page, string? period)
    {
        List<Header>? headers = null;
        foreach (var line in (page.Text ?? string.Empty).Split('\n'))
        {
            if (HeadersIn(line) is { } found)
            {
                headers = found;
            }
            else if (headers is not null && RowStart().IsMatch(line))
            {
                var table = headers[0].Column == "number" ? Amortization : Transactions;
                yield return (table, new TruthRow(page.Number, Cells(line, headers, period), Spaces().Replace(line.Trim(), " ")));
            }
        }
    }

    private static List<Header>? HeadersIn(string line)
    {
        var words = Words().Matches(line).Where(static word => Columns.ContainsKey(word.Value)).Select(static word => new Header(Columns[word.Value], word.Index + word.Length)).ToList();
        return words.Count >= 3 && words.Count == Words().Count(line) && words.Exists(static header => header.Column == "date") ? words : null;
    }

    private static Dictionary<string, string?> Cells(string line, List<Header> headers, string? period)
    {
        var cells = new Dictionary<string, string?>(StringComparer.Ordinal);
        var start = RowStart().Match(line);
        if (start.Groups["number"].Success)
        {
            cells["number"] = start.Groups["number"].Value;
        }

        cells["date"] = IsoDate(start.Groups["date"].Value, period);
        var amounts = Amounts().Matches(line, start.Length);
        if (headers.Exists(static header => header.Column == "description"))
        {
            cells["description"] = Spaces().Replace(line[start.Length..(amounts.Count > 0 ? amounts[0].Index : line.Length)].Trim(), " ");
        }

        // Amounts stand flush right under their headers.
        var numeric = headers.Where(static header => header.Column is not ("number" or "date" or "description")).ToList();
        foreach (Match amount in amounts)
        {
            var end = amount.Index + amount.Length;
            cells[numeric.MinBy(header => Math.Abs(header.End - end))!.Column] = amount.Value.Replace(",", string.Empty, StringComparison.Ordinal).Replace("$", string.Empty, StringComparison.Ordinal);
        }

        return cells;
    }

    private static string IsoDate(string printed, string? period)
    {
        if (DateTime.TryParseExact(printed, ["M/d/yyyy", "M-d-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        // A day of the period: its year is that of the period's end, unless that would lie behind the end.
        var days = period?.Split('/');
        return days is [_, var last] && DateTime.TryParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            && DateTime.TryParseExact($"{end.Year}/{printed}", "yyyy/M/d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (day > end ? day.AddYears(-1) : day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : printed;
    }

    [GeneratedRegex(@"^\s*(?:(?<number>\d{1,4})\s+)?(?<date>\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)\s+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RowStart();

    [GeneratedRegex(@"-?\$?(\d{1,3}(,\d{3})+|\d+)\.\d{2}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Amounts();

    [GeneratedRegex(@"\S+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    private sealed record Header(string Column, int End);
}
