using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>How a field's value is backed by the page.</summary>
public enum FieldStatus
{
    /// <summary>Found on the page, with boxes.</summary>
    Supported,

    /// <summary>Computed from values that stand on the page.</summary>
    Derived,

    /// <summary>Not to be found on the page; its confidence is capped.</summary>
    Unsupported,

    /// <summary>Several readings contradict each other.</summary>
    Conflicting,
}

/// <summary>Where a value stands.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Quote">The printed words, as they stand there.</param>
/// <param name="Boxes">One box a printed line of the quote.</param>
public sealed record Evidence(int Page, string Quote, ValueList<Box> Boxes);

/// <summary>Another reading of the same field that lost.</summary>
/// <param name="Value">Its normalised value.</param>
/// <param name="Confidence">How sure it was.</param>
/// <param name="Page">Where it was read.</param>
public sealed record Alternative(string Value, Confidence Confidence, int Page);

/// <summary>One value that was read, with its proof.</summary>
/// <param name="Name">The field's name in the schema; a field that may hold several values comes as several of these.</param>
/// <param name="Type">How the value is normalised.</param>
/// <param name="Value">The normalised value: ISO dates, plain decimals, SSN the last four digits.</param>
/// <param name="Printed">The value as printed.</param>
/// <param name="Confidence">Computed from evidence, word confidence, agreement and validators.</param>
/// <param name="Status">How the page backs it.</param>
/// <param name="Evidence">Where it stands; the best place first. Empty only when unsupported or derived.</param>
/// <param name="Alternatives">Readings that lost, most confident first.</param>
/// <param name="Key">For key–value pairs, the printed key; null otherwise.</param>
public sealed record ExtractedField(
    string Name, FieldType Type, string Value, string Printed, Confidence Confidence, FieldStatus Status,
    ValueList<Evidence> Evidence, ValueList<Alternative> Alternatives, string? Key = null);

/// <summary>One cell of a table row.</summary>
/// <param name="Column">The column's name in the table.</param>
/// <param name="Value">The normalised value.</param>
/// <param name="Printed">The value as printed.</param>
public sealed record TableCell(string Column, string Value, string Printed);

/// <summary>One row of a table.</summary>
/// <param name="Page">The page it stands on.</param>
/// <param name="Cells">Cells in the order of the columns; a column without a value has none.</param>
/// <param name="Boxes">One box a printed line of the row.</param>
public sealed record TableRow(int Page, ValueList<TableCell> Cells, ValueList<Box> Boxes);

/// <summary>A printed line that looks like a row and that no extracted row explains.</summary>
/// <param name="Page">The page it stands on.</param>
/// <param name="Text">The line as printed.</param>
/// <param name="Box">Where it stands.</param>
public sealed record UnexplainedRow(int Page, string Text, Box Box);

/// <summary>A table that may run over several pages.</summary>
/// <param name="Name">The table's name in the schema, e.g. <c>transactions</c>.</param>
/// <param name="Columns">Column names in printed order.</param>
/// <param name="Rows">The rows in printed order.</param>
/// <param name="RowsSeen">Candidate rows counted from the page geometry, independently of the extraction.</param>
/// <param name="Unexplained">Candidate rows that no extracted row covers.</param>
public sealed record ExtractedTable(
    string Name, ValueList<string> Columns, ValueList<TableRow> Rows, int RowsSeen, ValueList<UnexplainedRow> Unexplained);

/// <summary>Everything read for one account, or for the whole document when it has no accounts.</summary>
/// <param name="Index">The account's place in the document, from 0.</param>
/// <param name="AccountNumber">The normalised number; null when the document has no accounts.</param>
/// <param name="Pages">Its pages, from 1, ascending.</param>
/// <param name="Fields">What was read.</param>
/// <param name="Tables">The tables that were read.</param>
public sealed record AccountExtraction(
    int Index, string? AccountNumber, ValueList<int> Pages, ValueList<ExtractedField> Fields, ValueList<ExtractedTable> Tables);

/// <summary>The result of one run over a document.</summary>
/// <param name="Accounts">One entry an account; one with a null number when there are none.</param>
public sealed record ExtractionResult(ValueList<AccountExtraction> Accounts)
{
    /// <summary>The financial statements, in the order of their pages; none in a document of another kind.</summary>
    // Results that were stored before there were statements have no such entry.
    public ValueList<FinancialStatement> Statements { get; init => field = value ?? []; } = [];

    /// <summary>Statements of the document that were left out on purpose.</summary>
    public ValueList<StatementLeftOut> StatementsLeftOut { get; init => field = value ?? []; } = [];
}
