using System.Globalization;
using System.Text;
using Idp.Api.Kernel.Json;
using Idp.Application.Extraction;
using Idp.Domain.Extraction;

namespace Idp.Api.Extraction.Exports;

/// <summary>Writes results as text for people; nothing in a document can become mark-up.</summary>
internal static class MarkdownExport
{
    private const string Active = "\\`*_[]|~#!";

    /// <summary>Writes each document under a heading.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<ExportedResult> results, CancellationToken ct)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        await foreach (var exported in results.WithCancellation(ct))
        {
            await text.WriteAsync(Write(exported.Result).AsMemory(), ct);
        }
    }

    /// <summary>Text that shows as itself in a line or a cell.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                _ when char.IsControl(character) || char.IsWhiteSpace(character) => escaped.Append(' '),
                _ when Active.Contains(character, StringComparison.Ordinal) => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString().Trim();
    }

    private static string Write(DocumentResult result)
    {
        var text = new StringBuilder();
        var document = result.Document;
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(document.FileName)}\n\n{Escape(document.Kind.Print())} · {Escape(document.Status.Print())} · {document.Id}\n\n");
        foreach (var account in result.Reviewed.Accounts)
        {
            var heading = account.Account.AccountNumber is { } number ? $"Account {Escape(number)}" : "Document";
            text.Append(CultureInfo.InvariantCulture, $"## {heading}\n\nPages {string.Join(", ", account.Account.Pages)}\n\n");
            WriteTable(text, ["Field", "Value", "Confidence", "Status", "Page"], account.Fields.Select(LineOf));
            var statements = account == result.Reviewed.Accounts[0] ? result.Reviewed.Statements.Select(StatementTable.Of) : [];
            foreach (var table in account.Account.Tables.Concat(statements))
            {
                text.Append(CultureInfo.InvariantCulture, $"### {Escape(table.Name)}\n\n");
                WriteTable(text, ["Page", .. table.Columns], table.Rows.Select(row => LineOf(row, table)));
                if (table.Unexplained.Count > 0)
                {
                    text.Append("Lines that could not be read as rows:\n\n");
                    table.Unexplained.ToList().ForEach(row => text.Append(CultureInfo.InvariantCulture, $"- page {row.Page}: {Escape(row.Text)}\n"));
                    text.Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static string[] LineOf(ReviewedField reviewed)
    {
        var field = reviewed.Field;
        return
        [
            field.Key is { } key ? $"{field.Name}: {key}" : field.Name,
            field.Value,
            field.Confidence.Value.ToString("0.00", CultureInfo.InvariantCulture),
            reviewed.Review is { } review ? $"{field.Status.Print()}, {review.Action.Print()}" : field.Status.Print(),
            field.Evidence.Count > 0 ? field.Evidence[0].Page.ToString(CultureInfo.InvariantCulture) : string.Empty,
        ];
    }

    private static string[] LineOf(TableRow row, ExtractedTable table) =>
    [
        row.Page.ToString(CultureInfo.InvariantCulture),
        .. table.Columns.Select(column => row.Cells.FirstOrDefault(cell => cell.Column == column)?.Value ?? string.Empty),
    ];

    private static void WriteTable(StringBuilder text, string[] columns, IEnumerable<string[]> lines)
    {
        var written = lines.Select(Line).ToList();
        if (written.Count == 0)
        {
            text.Append("Nothing was read.\n\n");
            return;
        }

        text.Append(Line(columns)).Append(Line([.. columns.Select(static _ => "---")]));
        written.ForEach(line => text.Append(line));
        text.Append('\n');

        static string Line(string[] cells) => $"| {string.Join(" | ", cells.Select(Escape))} |\n";
    }
}
