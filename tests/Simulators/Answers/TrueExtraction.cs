using System.Text.Json.Nodes;
using Idp.Simulators.Truth;

namespace Idp.Simulators.Answers;

/// <summary>Fields and rows of one account, as far as the pages of the message have them.</summary>
/// <remarks>
/// A value or row is told for a page of the message if the truth has it on the page that this one was recognised as, and it is printed there as far as OCR lets it be seen,
/// or the message has that page as a whole. On a page that was not recognised, printed forms alone decide.
/// </remarks>
internal static class TrueExtraction
{
    /// <summary>Shorter printed forms occur by chance on a page that was not recognised.</summary>
    private const int TellingLength = 6;

    private const double SeenConfidence = 0.9;
    private const double UnseenConfidence = 0.6;

    /// <summary>Answers the task <c>extraction</c>.</summary>
    public static JsonObject Answer(ModelQuestion question, TruthLibrary truth)
    {
        var frame = new FoldedText(question.Frame);
        var (document, matches) = truth.Find([.. question.Pages.Select(static page => page.Folded)], frame);
        var views = question.Pages.Zip(matches, static (page, match) => new PageView(page, match)).ToList();
        var accounts = document is null ? [] : AccountsOf(document, frame, views).ToList();
        return new JsonObject
        {
            ["fields"] = new JsonArray([.. accounts.SelectMany(account => Fields(account, views))]),
            ["tables"] = new JsonArray([.. accounts.SelectMany(static account => account.Tables ?? []).GroupBy(static table => table.Name)
                .Select(tables => Table(tables.Key, tables.SelectMany(static table => table.Rows).ToList(), views)).OfType<JsonNode>()]),
        };
    }

    /// <summary>The account that the message names; or those without a number; or the one that most of the pages belong to.</summary>
    private static IEnumerable<TruthAccount> AccountsOf(TruthDocument document, FoldedText frame, List<PageView> views)
    {
        if (document.Accounts.Where(account => account.Number is { } number && frame.Contains(number)).MaxBy(static account => account.Number!.Length) is { } named)
        {
            return [named];
        }

        var owner = views.Select(static view => view.Match?.Page.Account).OfType<string>().GroupBy(static number => number).MaxBy(static group => group.Count())?.Key;
        return document.Accounts.Where(account => account.Number == owner);
    }

    private static IEnumerable<JsonNode> Fields(TruthAccount account, List<PageView> views) =>
        from field in account.Fields.GroupBy(static field => (field.Name, Value: field.Value.ToJsonString()))
        let place = views.SelectMany(view => field.Where(place => view.Has(place.Page, place.Printed, TellingLength)).Select(place => (view, place)))
            .OrderByDescending(static pair => pair.view.Page.Folded.Contains(pair.place.Printed)).FirstOrDefault()
        where place.view is not null
        select new JsonObject
        {
            ["name"] = field.Key.Name,
            ["value"] = place.place.Value.DeepClone(),
            ["page"] = place.view.Page.Number,
            ["quote"] = place.place.Printed,
            ["confidence"] = place.view.Page.Folded.Contains(place.place.Printed) ? SeenConfidence : UnseenConfidence,
        };

    private static JsonObject? Table(string name, List<TruthRow> truth, List<PageView> views)
    {
        var rows = views.SelectMany(view => truth.Where(row => view.Has(row.Page, TruthCompletion.PrintedOf(row), TellingLength)).Select(row => Row(row, view.Page.Number))).ToList();
        return rows.Count == 0 ? null : new JsonObject { ["name"] = name, ["rows"] = new JsonArray([.. rows]) };
    }

    private static JsonNode Row(TruthRow row, int page) => new JsonObject
    {
        ["page"] = page,
        ["cells"] = new JsonObject(row.Cells.Select(static cell => KeyValuePair.Create(cell.Key, (JsonNode?)cell.Value))),
    };

    private sealed record PageView(MessagePage Page, PageMatch? Match)
    {
        public bool Has(int truePage, string printed, int tellingLength) => Match is { } match
            ? match.Page.Number == truePage && (match.IsWhole || Page.Folded.Contains(printed))
            : new FoldedText(printed).Letters.Length >= tellingLength && Page.Folded.Contains(printed);
    }
}
