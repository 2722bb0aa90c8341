using System.Globalization;
using Idp.Api.Kernel.Json;
using Idp.Application.Extraction;
using Idp.Domain.Extraction;

namespace Idp.Api.Extraction.Exports;

/// <summary>One cell of an exported line.</summary>
/// <param name="Text">What it says; empty for nothing.</param>
/// <param name="Type">How the text is to be understood.</param>
internal readonly record struct ExportCell(string Text, FieldType Type)
{
    /// <summary>A cell that is nothing but text.</summary>
    public static ExportCell OfText(string? text) => new(text ?? string.Empty, FieldType.Text);

    /// <summary>A cell that is a number.</summary>
    public static ExportCell OfNumber(double number) => new(number.ToString(CultureInfo.InvariantCulture), FieldType.Percent);
}

/// <summary>One table of all exported documents together.</summary>
/// <param name="Name">Its name in the schemas.</param>
/// <param name="Columns">Every column that any document has, in the order of their first appearance.</param>
internal sealed record ExportTable(string Name, IReadOnlyList<string> Columns);

/// <summary>The lines of an export, the same in every kind of file.</summary>
internal static class ExportLines
{
    /// <summary>The columns of <see cref="FieldsOf"/>.</summary>
    public static readonly IReadOnlyList<string> FieldColumns =
    [
        "file", "document_id", "account_index", "account_number", "field", "key", "value", "printed", "type", "confidence", "status", "reviewed", "page", "quote",
        "original_value",
    ];

    /// <summary>The columns of <see cref="RowsOf"/> before those of the table itself.</summary>
    public static readonly IReadOnlyList<string> RowColumns = ["file", "document_id", "account_index", "account_number", "table", "row", "page"];

    /// <summary>One line a field.</summary>
    public static IEnumerable<ExportCell[]> FieldsOf(ExportedResult exported)
    {
        var document = exported.Result.Document;
        foreach (var account in exported.Result.Reviewed.Accounts)
        {
            foreach (var (_, field, machine, review) in account.Fields)
            {
                var evidence = field.Evidence.Count > 0 ? field.Evidence[0] : null;
                yield return
                [
                    ExportCell.OfText(document.FileName),
                    ExportCell.OfText(document.Id.ToString()),
                    ExportCell.OfNumber(account.Account.Index),
                    ExportCell.OfText(account.Account.AccountNumber),
                    ExportCell.OfText(field.Name),
                    ExportCell.OfText(field.Key),
                    new ExportCell(field.Value, field.Type),
                    ExportCell.OfText(field.Printed),
                    ExportCell.OfText(field.Type.Print()),
                    ExportCell.OfNumber(field.Confidence.Print()),
                    ExportCell.OfText(field.Status.Print()),
                    ExportCell.OfText(review is null ? "false" : "true"),
                    evidence is null ? ExportCell.OfText(null) : ExportCell.OfNumber(evidence.Page),
                    ExportCell.OfText(evidence?.Quote),
                    review is null || machine is null ? ExportCell.OfText(null) : new ExportCell(machine.Value, field.Type),
                ];
            }
        }
    }

    /// <summary>One line a table row, with the cells of <paramref name="columns"/> at its end.</summary>
    /// <param name="exported">The document.</param>
    /// <param name="table">Only rows of this table; null for all.</param>
    /// <param name="columns">The tables' own columns.</param>
    public static IEnumerable<ExportCell[]> RowsOf(ExportedResult exported, string? table, IReadOnlyList<string> columns)
    {
        var document = exported.Result.Document;
        foreach (var account in exported.Result.Result.WithStatementsAsTables().Accounts)
        {
            foreach (var read in account.Tables.Where(read => table is null || read.Name == table))
            {
                var types = (exported.Schema.Tables.FirstOrDefault(known => known.Name == read.Name)?.Columns ?? [])
                    .DistinctBy(static column => column.Name).ToDictionary(static column => column.Name, static column => column.Type, StringComparer.Ordinal);
                for (var row = 0; row < read.Rows.Count; row++)
                {
                    var cells = read.Rows[row].Cells.DistinctBy(static cell => cell.Column).ToDictionary(static cell => cell.Column, StringComparer.Ordinal);
                    yield return
                    [
                        ExportCell.OfText(document.FileName),
                        ExportCell.OfText(document.Id.ToString()),
                        ExportCell.OfNumber(account.Index),
                        ExportCell.OfText(account.AccountNumber),
                        ExportCell.OfText(read.Name),
                        ExportCell.OfNumber(row + 1),
                        ExportCell.OfNumber(read.Rows[row].Page),
                        .. columns.Select(column => cells.TryGetValue(column, out var cell)
                            ? new ExportCell(cell.Value, types.GetValueOrDefault(column, TypeOf(read, column)))
                            : ExportCell.OfText(null)),
                    ];
                }
            }
        }
    }

    /// <summary>A column that no schema knows is text, but for the periods of a statement: these hold amounts.</summary>
    private static FieldType TypeOf(ExtractedTable table, string column) =>
        table.Columns.Take(StatementTable.LabelColumns.Count).SequenceEqual(StatementTable.LabelColumns) && !StatementTable.LabelColumns.Contains(column)
            ? FieldType.Money
            : FieldType.Text;

    /// <summary>The tables of all documents, by name; looks through the documents once.</summary>
    public static async Task<IReadOnlyList<ExportTable>> TablesOfAsync(IAsyncEnumerable<ExportedResult> results, CancellationToken ct)
    {
        var tables = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        await foreach (var exported in results.WithCancellation(ct))
        {
            foreach (var table in exported.Result.Result.WithStatementsAsTables().Accounts.SelectMany(static account => account.Tables))
            {
                if (!tables.TryGetValue(table.Name, out var columns))
                {
                    tables[table.Name] = columns = [];
                }

                columns.AddRange(table.Columns.Concat(table.Rows.SelectMany(static row => row.Cells).Select(static cell => cell.Column)).Distinct().Except(columns));
            }
        }

        return [.. tables.Select(static pair => new ExportTable(pair.Key, pair.Value))];
    }
}
