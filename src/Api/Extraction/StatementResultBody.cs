using Idp.Api.Kernel.Json;
using Idp.Domain.Extraction;

namespace Idp.Api.Extraction;

/// <summary>One financial statement.</summary>
/// <param name="Type"><c>income_statement</c>, <c>balance_sheet</c> or <c>cash_flow</c>.</param>
/// <param name="Title">As printed.</param>
/// <param name="Pages">Its pages, from 1.</param>
/// <param name="Currency">ISO code; null when nothing says.</param>
/// <param name="Unit">What one unit of the values is worth: 1, 1000, 1000000, ….</param>
/// <param name="Periods">The keys of its columns, in printed order: the last day, with the length before it only where two columns end on the same day.</param>
/// <param name="PeriodDetails">The same with day and length apart.</param>
/// <param name="Lines">Its line items, in printed order.</param>
/// <param name="LinesSeen">Printed lines with values, counted without the reading.</param>
/// <param name="LinesExtracted">Line items that were read.</param>
/// <param name="Unexplained">Printed lines that could not be read in full.</param>
/// <param name="Checks">Its sums, worked out again.</param>
internal sealed record StatementResultBody(
    string Type, string Title, IReadOnlyList<int> Pages, string? Currency, long Unit, IReadOnlyList<string> Periods, IReadOnlyList<StatementPeriodBody> PeriodDetails,
    IReadOnlyList<StatementLineBody> Lines, int LinesSeen, int LinesExtracted, IReadOnlyList<UnexplainedRowBody> Unexplained, IReadOnlyList<StatementCheckBody> Checks)
{
    public static StatementResultBody From(FinancialStatement statement) => new(
        statement.Type.Print(),
        statement.Title,
        statement.Pages,
        statement.Currency,
        statement.Unit,
        [.. statement.Periods.Select(static period => period.Key)],
        [.. statement.Periods.Select(static period => new StatementPeriodBody(period.Key, period.End is { } end ? DateNormalizer.Format(end) : null, period.Months))],
        [.. statement.Lines.Select(StatementLineBody.From)],
        statement.LinesSeen,
        statement.Lines.Count,
        [.. statement.Unexplained.Select(static row => new UnexplainedRowBody(row.Page, row.Text, [BoxBody.From(row.Box)]))],
        [.. statement.Checks.Select(static check => new StatementCheckBody(check.Name, check.Label, check.Period, check.Printed, check.Computed, check.Holds))]);
}

/// <summary>One column of a statement.</summary>
internal sealed record StatementPeriodBody(string Key, string? End, int? Months);

/// <summary>One line item: values by the keys of periods.</summary>
/// <param name="Label">As printed.</param>
/// <param name="Level">How far it is indented, from 0.</param>
/// <param name="Section">The heading that it stands under.</param>
/// <param name="Values">Plain decimals in the unit of the statement.</param>
/// <param name="Page">The page it stands on.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Boxes">One box a printed line.</param>
/// <param name="Cells">Each value with its place.</param>
internal sealed record StatementLineBody(
    string Label, int Level, string? Section, IReadOnlyDictionary<string, string> Values, int Page, double Confidence, IReadOnlyList<BoxBody> Boxes, IReadOnlyList<StatementCellBody> Cells)
{
    public static StatementLineBody From(StatementLine line) => new(
        line.Label,
        line.Level,
        line.Section,
        new Dictionary<string, string>(line.Cells.DistinctBy(static cell => cell.Period).Select(static cell => KeyValuePair.Create(cell.Period, cell.Value)), StringComparer.Ordinal),
        line.Page,
        line.Confidence.Print(),
        [.. line.Boxes.Select(BoxBody.From)],
        [.. line.Cells.Select(static cell => new StatementCellBody(cell.Period, cell.Value, cell.Printed, cell.Box is { } box ? [BoxBody.From(box)] : [], cell.Alternative))]);
}

/// <summary>One value of a line item.</summary>
internal sealed record StatementCellBody(string Period, string Value, string Printed, IReadOnlyList<BoxBody> Boxes, string? Alternative);

/// <summary>A sum that was worked out again.</summary>
internal sealed record StatementCheckBody(string Name, string Label, string Period, string Printed, string Computed, bool Holds);

/// <summary>A statement that was left out on purpose.</summary>
internal sealed record StatementLeftOutBody(string Type, string Title, IReadOnlyList<int> Pages, string Reason)
{
    public static StatementLeftOutBody From(StatementLeftOut statement) => new(statement.Type.Print(), statement.Title, statement.Pages, statement.Reason);
}
