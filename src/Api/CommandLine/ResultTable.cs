using System.Globalization;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using Idp.Application.Extraction;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Spectre.Console;

namespace Idp.Api.CommandLine;

/// <summary>Shows what was read from one file, for a person.</summary>
internal sealed class ResultTable(IAnsiConsole console)
{
    /// <summary>Shows accounts, fields, tables and problems.</summary>
    public void Show(string path, DocumentOverview? overview, DocumentResult? result, Error? refusal)
    {
        console.WriteLine();
        if (overview is null)
        {
            console.Write(Consoles.Plain($"{Path.GetFileName(path)}: refused ({refusal?.Code}): {refusal?.Message}"));
            console.WriteLine();
            return;
        }

        var document = overview.Document;
        var seconds = (document.UpdatedAt - document.CreatedAt).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        console.Write(Consoles.Plain(
            $"{document.FileName}: {document.Status.Print()} as {document.Kind.Print()}, {document.TotalPages?.ToString(CultureInfo.InvariantCulture) ?? "?"} pages, {seconds} s, {document.Id}"));
        console.WriteLine();
        if (overview.Cost is { } cost && cost != CostSummary.Nothing)
        {
            var estimate = cost.Estimated ? ", partly estimated" : string.Empty;
            console.Write(Consoles.Plain($"Cost: ${cost.Amount.Print()}{estimate}; calls: {cost.Calls}; calls saved: {cost.CallsSaved}"));
            console.WriteLine();
        }

        foreach (var account in result?.Result.Accounts ?? [])
        {
            ShowAccount(account, overview);
        }

        if (overview.Accounts.UnassignedPages.Count > 0)
        {
            console.WriteLine($"Pages of no account: {PagesOf(overview.Accounts.UnassignedPages)}");
        }

        foreach (var problem in document.Problems)
        {
            var where = problem.Page is { } page ? $" (page {page})" : string.Empty;
            console.Write(Consoles.Plain($"Problem{where}: {problem.Error.Message} [{problem.Error.Code}]"));
            console.WriteLine();
        }
    }

    private void ShowAccount(AccountExtraction account, DocumentOverview overview)
    {
        var boundary = overview.Accounts.Accounts.FirstOrDefault(found => found.Index == account.Index)?.Confidence;
        var title = account.AccountNumber is null
            ? $"Pages {PagesOf(account.Pages)}"
            : $"Account {account.AccountNumber}: pages {PagesOf(account.Pages)}, confidence {Percent(boundary)}";
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        table.AddColumns("Field", "Value", "Confidence", "Page");
        foreach (var field in account.Fields)
        {
            table.AddRow(
                Consoles.Plain(field.Key ?? field.Name),
                Consoles.Plain(field.Value),
                new Text(field.Status == FieldStatus.Supported ? Percent(field.Confidence) : $"{Percent(field.Confidence)} {field.Status.Print()}"),
                new Text(field.Evidence.Count > 0 ? field.Evidence[0].Page.ToString(CultureInfo.InvariantCulture) : "–"));
        }

        foreach (var list in account.Tables)
        {
            table.AddRow(
                Consoles.Plain(list.Name),
                new Text($"{list.Rows.Count} of {list.RowsSeen} rows"),
                new Text(list.Unexplained.Count == 0 ? "complete" : $"{list.Unexplained.Count} unread"),
                new Text(PagesOf([.. list.Rows.Select(row => row.Page).Distinct()])));
        }

        console.Write(table);
    }

    private static string Percent(Confidence? confidence) =>
        confidence is { } known ? (known.Value * 100).ToString("0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary><c>2–5, 8</c>.</summary>
    private static string PagesOf(IReadOnlyList<int> pages)
    {
        var runs = new List<(int From, int To)>();
        foreach (var page in pages.Order())
        {
            if (runs.Count > 0 && runs[^1].To == page - 1)
            {
                runs[^1] = (runs[^1].From, page);
            }
            else
            {
                runs.Add((page, page));
            }
        }

        return string.Join(", ", runs.Select(run => run.From == run.To ? $"{run.From}" : $"{run.From}–{run.To}"));
    }
}
