using System.Text.Json.Nodes;
using Idp.Api.Kernel.Json;
using Idp.Application.Extraction;
using Idp.Domain.Extraction;

namespace Idp.Api.Extraction;

/// <summary>Everything read from a document.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="RunId">The run that read it.</param>
/// <param name="Accounts">One entry an account; one with a null number when there are none.</param>
/// <param name="Statements">Financial statements; none in a document of another kind.</param>
/// <param name="StatementsLeftOut">Statements that were left out on purpose, with the reason.</param>
internal sealed record ResultBody(
    string DocumentId, string RunId, IReadOnlyList<AccountResultBody> Accounts, IReadOnlyList<StatementResultBody> Statements, IReadOnlyList<StatementLeftOutBody> StatementsLeftOut)
{
    public static ResultBody From(DocumentResult result) => new(
        result.Document.Id.ToString(),
        result.RunId.ToString(),
        [.. result.Reviewed.Accounts.Select(AccountResultBody.From)],
        [.. result.Reviewed.Statements.Select(StatementResultBody.From)],
        [.. result.Reviewed.StatementsLeftOut.Select(StatementLeftOutBody.From)]);
}

/// <summary>Everything read for one account.</summary>
internal sealed record AccountResultBody(
    int Index, string? AccountNumber, IReadOnlyList<int> Pages, IReadOnlyList<FieldBody> Fields, IReadOnlyList<TableBody> Tables)
{
    public static AccountResultBody From(ReviewedAccount reviewed)
    {
        var account = reviewed.Account;
        return new AccountResultBody(
            account.Index, account.AccountNumber, account.Pages, [.. reviewed.Fields.Select(FieldBody.From)], [.. account.Tables.Select(TableBody.From)]);
    }
}

/// <summary>One value with its proof.</summary>
/// <param name="Id">The same in every run for the same place in the result.</param>
/// <param name="Name">The field's name in the schema.</param>
/// <param name="Value">Text, or <c>{"key","value"}</c> for a pair of a form.</param>
/// <param name="Printed">As it stands on the page.</param>
/// <param name="Type">How the value is normalised.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Status"><c>supported</c>, <c>derived</c>, <c>unsupported</c> or <c>conflicting</c>.</param>
/// <param name="Reviewed">True when a person approved or corrected it.</param>
/// <param name="Evidence">Where it stands.</param>
/// <param name="Alternatives">Readings that lost.</param>
/// <param name="Review">What a person said of it; null while nobody did.</param>
internal sealed record FieldBody(
    string Id, string Name, JsonNode Value, string Printed, string Type, double Confidence, string Status, bool Reviewed,
    IReadOnlyList<EvidenceBody> Evidence, IReadOnlyList<AlternativeBody> Alternatives, ReviewBody? Review)
{
    public static FieldBody From(ReviewedField reviewed) => From(reviewed, reviewed.Field);

    private static FieldBody From(ReviewedField reviewed, ExtractedField field) => new(
        reviewed.Id.ToString(),
        field.Name,
        ValueOf(field),
        field.Printed,
        field.Type.Print(),
        field.Confidence.Print(),
        field.Status.Print(),
        reviewed.Review is not null,
        [.. field.Evidence.Select(static evidence => new EvidenceBody(evidence.Page, evidence.Quote, [.. evidence.Boxes.Select(BoxBody.From)]))],
        [.. field.Alternatives.Select(static other => new AlternativeBody(other.Value, other.Confidence.Print(), other.Page))],
        reviewed.Review is { } review ? ReviewBody.From(review, reviewed.Machine) : null);

    /// <summary>A field's value as JSON.</summary>
    public static JsonNode ValueOf(ExtractedField field) => field.Key is { } key
        ? new JsonObject { ["key"] = JsonValue.Create(key), ["value"] = JsonValue.Create(field.Value) }
        : JsonValue.Create(field.Value);
}

/// <summary>Where a value stands.</summary>
internal sealed record EvidenceBody(int Page, string Quote, IReadOnlyList<BoxBody> Boxes);

/// <summary>A reading that lost.</summary>
internal sealed record AlternativeBody(string Value, double Confidence, int Page);

/// <summary>One table.</summary>
/// <param name="Name">Its name in the schema.</param>
/// <param name="Columns">Column names in printed order.</param>
/// <param name="Rows">In printed order.</param>
/// <param name="RowsSeen">Lines that look like rows, counted without the extraction.</param>
/// <param name="RowsExtracted">Rows that were read.</param>
/// <param name="Unexplained">Lines that look like rows and that no row explains.</param>
internal sealed record TableBody(
    string Name, IReadOnlyList<string> Columns, IReadOnlyList<TableRowBody> Rows, int RowsSeen, int RowsExtracted, IReadOnlyList<UnexplainedRowBody> Unexplained)
{
    public static TableBody From(ExtractedTable table) => new(
        table.Name,
        table.Columns,
        [.. table.Rows.Select(TableRowBody.From)],
        table.RowsSeen,
        table.Rows.Count,
        [.. table.Unexplained.Select(static row => new UnexplainedRowBody(row.Page, row.Text, [BoxBody.From(row.Box)]))]);
}

/// <summary>One row: values by column name.</summary>
internal sealed record TableRowBody(int Page, IReadOnlyDictionary<string, string> Cells, IReadOnlyList<BoxBody> Boxes)
{
    public static TableRowBody From(TableRow row)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cell in row.Cells)
        {
            cells[cell.Column] = cell.Value;
        }

        return new TableRowBody(row.Page, cells, [.. row.Boxes.Select(BoxBody.From)]);
    }
}

/// <summary>A printed line that looks like a row and could not be read as one.</summary>
internal sealed record UnexplainedRowBody(int Page, string Text, IReadOnlyList<BoxBody> Boxes);
