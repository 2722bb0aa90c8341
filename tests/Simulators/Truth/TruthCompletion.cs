namespace Idp.Simulators.Truth;

/// <summary>Makes explicit what a truth leaves to be understood.</summary>
internal static class TruthCompletion
{
    /// <summary>The document with a page for each place that is mentioned, given to the account that most places on it belong to.</summary>
    public static TruthDocument Complete(TruthDocument document)
    {
        var listed = document.Pages.Select(static page => page.Number).ToHashSet();
        var mentioned = document.Accounts
            .SelectMany(static account => PlacesOf(account).Select(page => (page, account.Number)))
            .Concat(LinesOf(document).Select(static line => (page: line.Page, Number: (string?)null)))
            .GroupBy(static place => place.page)
            .Where(group => !listed.Contains(group.Key))
            .Select(static group => new TruthPage(group.Key, null, group.GroupBy(static place => place.Number).MaxBy(static accounts => accounts.Count())!.Key));
        return document with { Pages = [.. document.Pages.Concat(mentioned).OrderBy(static page => page.Number)] };
    }

    /// <summary>The words that a page is known by: its text, or the printed forms on it.</summary>
    public static IReadOnlySet<string> WordsOf(TruthDocument document, TruthPage page) => page.Text is { } text
        ? new FoldedText(text).Words
        : new FoldedText(string.Join('\n', document.Accounts.SelectMany(account => account.Fields.Where(field => field.Page == page.Number).Select(static field => field.Printed)
            .Concat((account.Tables ?? []).SelectMany(static table => table.Rows).Where(row => row.Page == page.Number).Select(PrintedOf)))
            .Concat(LinesOf(document).Where(line => line.Page == page.Number).Select(static line => $"{line.Label}\n{string.Join('\n', line.Values.Values)}")))).Words;

    /// <summary>How a row is printed, as far as it is known.</summary>
    public static string PrintedOf(TruthRow row) => row.Printed ?? string.Join('\n', row.Cells.Values.OfType<string>());

    /// <summary>Whether one of the document's accounts is named.</summary>
    public static bool HasAccountIn(TruthDocument document, FoldedText frame) =>
        document.Accounts.Any(account => account.Number is { } number && frame.Contains(number));

    private static IEnumerable<TruthStatementLine> LinesOf(TruthDocument document) => (document.Statements ?? []).SelectMany(static statement => statement.Lines);

    private static IEnumerable<int> PlacesOf(TruthAccount account) =>
        account.Fields.Select(static field => field.Page).Concat((account.Tables ?? []).SelectMany(static table => table.Rows).Select(static row => row.Page));
}
