using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Which of the primary statements a table is.</summary>
public enum StatementType
{
    /// <summary>Revenue to net income: statement of income, of operations, of earnings, of profit or loss.</summary>
    IncomeStatement,

    /// <summary>Assets, liabilities and equity on a day: balance sheet, statement of financial position or condition.</summary>
    BalanceSheet,

    /// <summary>Cash from operating, investing and financing activities.</summary>
    CashFlow,
}

/// <summary>What one column of a statement is about.</summary>
/// <param name="Key">
/// Names the column in lines: the last day as <c>2022-06-25</c>; the year alone (<c>2022</c>) where no day is printed. Where two columns of a statement end on the
/// same day, the length in months goes before it: <c>3M 2022-06-25</c> and <c>9M 2022-06-25</c>. A column whose heading could not be read is <c>column_1</c>.
/// </param>
/// <param name="End">The last day; null when it is not printed.</param>
/// <param name="Months">Length in months; null for a day's balance and when it is not printed.</param>
public sealed record StatementPeriod(string Key, DateOnly? End, int? Months);

/// <summary>One value of a line.</summary>
/// <param name="Period">The key of its period.</param>
/// <param name="Value">A plain decimal in the unit of the statement; brackets and minus signs make it negative, a dash is 0.</param>
/// <param name="Printed">The value as printed; empty where the page shows none and a model gave it.</param>
/// <param name="Box">Where it stands; null where it was not found on the page.</param>
public sealed record StatementCell(string Period, string Value, string Printed, Box? Box)
{
    /// <summary>Another reading of the same cell that lost, as a plain decimal; null when all agree.</summary>
    public string? Alternative { get; init; }
}

/// <summary>One line item.</summary>
/// <param name="Label">The label, its printed lines joined by spaces; empty where a sum stands without one.</param>
/// <param name="Level">How far it is indented: 0 for the leftmost labels of the statement.</param>
/// <param name="Section">The heading that it stands under, without its colon; null when there is none.</param>
/// <param name="Page">The page it stands on, from 1.</param>
/// <param name="Cells">Its values in the order of the columns; a column without a value has none.</param>
/// <param name="Boxes">One box a printed line of the label.</param>
/// <param name="Confidence">Computed from the recognition of its words and from the sums that it is part of.</param>
public sealed record StatementLine(
    string Label, int Level, string? Section, int Page, ValueList<StatementCell> Cells, ValueList<Box> Boxes, Confidence Confidence)
{
    /// <summary>The value of a period as a plain decimal; null when the line has none.</summary>
    public string? ValueOf(string period) => Cells.FirstOrDefault(cell => cell.Period == period)?.Value;
}

/// <summary>A sum of a statement that was worked out again.</summary>
/// <param name="Name">What has to agree, e.g. <c>assets_equal_liabilities_and_equity</c>, <c>sum_of_section</c>, <c>cash_reconciles</c>.</param>
/// <param name="Label">The line whose value was worked out.</param>
/// <param name="Period">The key of the period.</param>
/// <param name="Printed">The value as printed, as a plain decimal.</param>
/// <param name="Computed">The value as worked out from the other lines.</param>
/// <param name="Holds">True when both agree, rounding forgiven.</param>
public sealed record StatementCheck(string Name, string Label, string Period, string Printed, string Computed, bool Holds);

/// <summary>One financial statement; it may run over several pages.</summary>
/// <param name="Type">Which one.</param>
/// <param name="Title">Its title as printed; empty when it has none.</param>
/// <param name="Pages">Its pages, from 1, ascending.</param>
/// <param name="Currency">The ISO code of its currency; null when nothing says.</param>
/// <param name="Unit">What one unit of its values is worth in the currency: 1, 1000, 1000000 or 1000000000. Per-share values are in whole units always.</param>
/// <param name="Periods">Its columns, in printed order.</param>
/// <param name="Lines">Its lines, in printed order; headings without values are the sections of lines.</param>
/// <param name="LinesSeen">Lines with values, counted from the page geometry independently of the reading.</param>
/// <param name="Unexplained">Those of them that no line covers.</param>
/// <param name="Checks">Its sums, worked out again.</param>
public sealed record FinancialStatement(
    StatementType Type, string Title, ValueList<int> Pages, string? Currency, long Unit, ValueList<StatementPeriod> Periods,
    ValueList<StatementLine> Lines, int LinesSeen, ValueList<UnexplainedRow> Unexplained, ValueList<StatementCheck> Checks)
{
    /// <summary>Checks that hold in every statement that is read right, and do not hold here: what is owned equals what is owed, cash reconciles.</summary>
    public IReadOnlyList<StatementCheck> BrokenIdentities() => [.. Checks.Where(check => !check.Holds && StatementChecks.IsIdentity(check.Name))];
}

/// <summary>A statement of the document that was left out on purpose.</summary>
/// <param name="Type">Which one.</param>
/// <param name="Title">Its title as printed.</param>
/// <param name="Pages">Its pages, from 1.</param>
/// <param name="Reason">Why, e.g. <c>parent_only</c> where the consolidated statement is there as well.</param>
public sealed record StatementLeftOut(StatementType Type, string Title, ValueList<int> Pages, string Reason);
