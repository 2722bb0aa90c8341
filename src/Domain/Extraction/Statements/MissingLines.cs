using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Finds on the page what a model says and rules did not read.</summary>
internal static class MissingLines
{
    /// <summary>A label that differs from the printed line in a larger share of its characters is another one.</summary>
    private const double MostDifference = 0.35;

    /// <summary>What is taken from a model is trusted no more than this.</summary>
    private const double FromModel = 0.7;

    /// <summary>The statement with a line that only a model has, if one of the printed lines that nothing explains bears it out.</summary>
    public static FinancialStatement Add(FinancialStatement statement, ModelStatementLine said, List<(string Period, string Value)> values, IReadOnlyList<Page> pages)
    {
        var row = statement.Unexplained.FirstOrDefault(row => (said.Page is null || said.Page == row.Page) && !IsTaken(statement, row) && Says(row, said.Label, values));
        if (row is null || values.Count == 0)
        {
            return statement;
        }

        var known = statement.Periods.Select(period => period.Key).ToList();
        var cells = values.OrderBy(value => known.IndexOf(value.Period)).Select(value => Cell(value.Period, value.Value, row.Box, row.Page, pages)).ToValueList();
        var after = statement.Lines.ToList().FindLastIndex(line => line.Page < row.Page || (line.Page == row.Page && line.Boxes.Count > 0 && line.Boxes[0].CenterY < row.Box.CenterY));
        var level = after >= 0 ? statement.Lines[after].Level : 0;
        var line = new StatementLine(said.Label, level, after >= 0 ? statement.Lines[after].Section : null, row.Page, cells, [row.Box], new Confidence(FromModel));
        return statement with { Lines = [.. statement.Lines.Take(after + 1), line, .. statement.Lines.Skip(after + 1)] };
    }

    /// <summary>
    /// A value that a line lacks, if it is printed beside its label, or something is that nobody could read, or it is a zero for which nothing need be printed; null otherwise.
    /// </summary>
    public static StatementCell? CellOn(StatementLine line, string period, string value, IReadOnlyList<UnexplainedRow> unexplained, IReadOnlyList<Page> pages)
    {
        if (line.Boxes.Count == 0)
        {
            return null;
        }

        var cell = Cell(period, value, line.Boxes[^1], line.Page, pages);
        return cell.Box is not null || StatementAlignment.SameValue(value, "0") || unexplained.Any(row => StandsOn(line, row)) ? cell : null;
    }

    /// <summary>True when a line of the statement has a value for every period where a printed line stands.</summary>
    public static bool IsExplained(FinancialStatement statement, UnexplainedRow row) => statement.Lines.Any(line => StandsOn(line, row)
        && (line.Cells.Count >= statement.Periods.Count || line.Cells.Any(cell => cell.Printed.Length == 0)));

    private static bool IsTaken(FinancialStatement statement, UnexplainedRow row) => statement.Lines.Any(line => StandsOn(line, row));

    private static bool StandsOn(StatementLine line, UnexplainedRow row) => line.Page == row.Page && line.Boxes.Any(box => box.VerticalOverlap(row.Box) > 0.5);

    /// <summary>The printed line begins with the label, or holds one of its values and much of the label.</summary>
    private static bool Says(UnexplainedRow row, string label, List<(string Period, string Value)> values)
    {
        var (printed, wanted) = (LooseText.Squeeze(row.Text), LooseText.Squeeze(label));
        var head = printed[..Math.Min(printed.Length, wanted.Length)];
        var difference = wanted.Length == 0 ? 1 : LooseText.Difference(head, wanted);
        return difference <= MostDifference || (difference < 0.6 && values.Exists(value => DigitsOf(value.Value).Length >= 2 && PrintedText.Digits(row.Text).Contains(DigitsOf(value.Value), StringComparison.Ordinal)));
    }

    private static StatementCell Cell(string period, string value, Box row, int page, IReadOnlyList<Page> pages)
    {
        var digits = DigitsOf(value);
        var word = pages.Where(candidate => candidate.Number == page).SelectMany(candidate => candidate.Words)
            .Where(word => word.Box.VerticalOverlap(row) > 0.5 && digits.Length > 0 && PrintedText.Digits(word.Text) == digits)
            .OrderByDescending(word => word.Box.X).FirstOrDefault();
        return new StatementCell(period, value, word?.Text ?? string.Empty, word?.Box);
    }

    private static string DigitsOf(string value) => PrintedText.Digits(value);
}
