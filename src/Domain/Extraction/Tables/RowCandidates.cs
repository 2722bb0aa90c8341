using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Counts the lines of a page that look like rows of a table, by their geometry alone: no header and no columns of an extraction are used.</summary>
internal static partial class RowCandidates
{
    /// <summary>Two right edges this close, as a fraction of the page width, are one column of amounts.</summary>
    private const double SameEdge = 0.012;

    /// <summary>A column of amounts has at least this many lines.</summary>
    private const int FewestLines = 3;

    /// <summary>A row spans the page in at least this many pieces …</summary>
    private const int FewestPieces = 3;

    /// <summary>… over at least this share of its width.</summary>
    private const double WidestSpan = 0.4;

    /// <summary>Two amounts that share this much of their width cannot stand on one line.</summary>
    private const double SameColumn = 0.6;

    private static readonly string[] SummaryWords =
        ["total", "totals", "subtotal", "sub-total", "beginning", "ending", "opening", "closing", "balance", "previous", "new", "net", "average", "sum"];

    /// <summary>How many rows each line seems to hold: one, several where tables stand side by side, or none.</summary>
    /// <param name="lines">The lines of a page.</param>
    /// <param name="dated">True when the rows of the table begin with a date.</param>
    /// <param name="recognised">True for words from recognition, which may have lost a row's date or its amounts.</param>
    public static int[] Count(IReadOnlyList<IReadOnlyList<LineItem>> lines, bool dated, bool recognised)
    {
        var rows = lines.Where(line => Begins(line, dated) && HasAmount(line)).ToList();
        var edges = AmountEdges(rows);
        var lefts = rows.Select(row => row[0].Box.X).Order().ToList();
        var texts = rows.Select(TextLeft).Order().ToList();
        var textLeft = texts.Count >= FewestLines ? texts[texts.Count / 2] : double.NaN;
        return lines.Select(line => IsSummary(line) ? 0
            : Begins(line, dated) && HasAmount(line) ? Starts(line, dated)
            : SitsInGrid(line, edges, dated, recognised || Math.Abs(TextLeft(line) - textLeft) < SameEdge) || (recognised && lefts.Count >= FewestLines && Begins(line, dated) && Math.Abs(line[0].Box.X - lefts[lefts.Count / 2]) < SameEdge) ? 1
            : 0).ToArray();
    }

    /// <summary>True for a line in the body of a recognised table that spans the page in several pieces: a row, whatever was read of it.</summary>
    public static bool SpansTable(IReadOnlyList<LineItem> line) =>
        !IsSummary(line) && !IsListOfAmounts(line) && line.Count(item => item.Text.Any(char.IsLetterOrDigit)) >= FewestPieces && line[^1].Box.Right - line[0].Box.X >= WidestSpan;

    /// <summary>How many rows recognition took for this one line: so many amounts stand over one another. Zero for a line of one row.</summary>
    public static int Collapsed(IReadOnlyList<LineItem> line)
    {
        var amounts = line.Where(item => item.Kind is LineItemKind.Amount).ToList();
        var most = amounts.Select(item => amounts.Count(other => other.Box.HorizontalOverlap(item.Box) > SameColumn)).DefaultIfEmpty().Max();
        return most > 1 ? most : 0;
    }

    /// <summary>The balance, in cents, with which a line says that the rows of a table begin or end; null when it says nothing of the kind.</summary>
    public static long? BalanceOf(IReadOnlyList<LineItem> line, EntryKind kind) =>
        line.Count > 1 && line[^1].Kind is LineItemKind.Amount && line[0].Kind is LineItemKind.Text && line.Count(item => item.Kind is LineItemKind.Amount) is 1
        && (kind is EntryKind.Opening ? Opening() : Closing()).IsMatch(line[0].Text)
        && MoneyNormalizer.TryRead(LineItem.Clean(line[^1].Text), out var amount)
            ? BalanceRule.Cents(amount.ToString(CultureInfo.InvariantCulture))
            : null;

    private static bool Begins(IReadOnlyList<LineItem> line, bool dated)
    {
        var first = line.Count > 0 ? line[0] : null;
        return first is not null && (dated
            ? first.Kind is LineItemKind.Date || (first.Kind is LineItemKind.Number && line.Count > 1 && line[1].Kind is LineItemKind.Date)
            : first.Kind is LineItemKind.Date or LineItemKind.Number);
    }

    private static bool HasAmount(IReadOnlyList<LineItem> line) =>
        line.Skip(1).Any(item => item.Kind is LineItemKind.Amount) || (line.Count > 2 && line[^1].Kind is LineItemKind.Number);

    /// <summary>How often a key comes after an amount: the rows that stand side by side.</summary>
    private static int Starts(IReadOnlyList<LineItem> line, bool dated)
    {
        var starts = 1;
        for (var i = 2; i < line.Count; i++)
        {
            var isKey = line[i].Kind is LineItemKind.Date || (!dated && line[i].Kind is LineItemKind.Number);
            starts += isKey && line[i - 1].Kind is LineItemKind.Amount && line.Skip(i + 1).Any(item => item.Kind is LineItemKind.Amount) ? 1 : 0;
        }

        return starts;
    }

    private static List<double> AmountEdges(IReadOnlyList<IReadOnlyList<LineItem>> rows)
    {
        var edges = rows.SelectMany(row => row.Where(item => item.Kind is LineItemKind.Amount).Select(item => item.Box.Right)).Order().ToList();
        var columns = new List<List<double>>();
        foreach (var edge in edges)
        {
            if (columns.Count > 0 && edge - columns[^1][^1] < SameEdge)
            {
                columns[^1].Add(edge);
            }
            else
            {
                columns.Add([edge]);
            }
        }

        return columns.Where(column => column.Count >= FewestLines).Select(column => column.Average()).ToList();
    }

    private static double TextLeft(IReadOnlyList<LineItem> line) =>
        line.FirstOrDefault(item => item.Kind is LineItemKind.Text)?.Box.X ?? double.PositiveInfinity;

    /// <summary>A row whose date is not printed, or could not be read, still has its amounts in the columns of the others.</summary>
    private static bool SitsInGrid(IReadOnlyList<LineItem> line, List<double> edges, bool dated, bool oneSuffices)
    {
        var inGrid = line.Count(item => item.Kind is LineItemKind.Amount && edges.Exists(edge => Math.Abs(edge - item.Box.Right) < SameEdge));
        return inGrid >= (oneSuffices ? 1 : 2) && !(dated && IsListOfAmounts(line));
    }

    /// <summary>Numbered amounts side by side (a list of checks) only happen to stand in a grid of dated rows.</summary>
    private static bool IsListOfAmounts(IReadOnlyList<LineItem> line) =>
        line.Count > 2 && line[0].Kind is LineItemKind.Number && line[1].Kind is LineItemKind.Amount && line[2].Kind is LineItemKind.Number;

    private static bool IsSummary(IReadOnlyList<LineItem> line) =>
        line.Count > 0 && line[0].Kind is LineItemKind.Text
        && SummaryWords.Contains(line[0].Text.Split(' ')[0].Trim(':', '.').ToLowerInvariant(), StringComparer.Ordinal);

    [GeneratedRegex(@"^(?:beginning|opening|previous|starting|prior) balance\b|^balance (?:brought )?forward\b|^brought forward\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(?:ending|closing|new|final) balance\b|^(?:balance )?carried forward\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Closing();
}
