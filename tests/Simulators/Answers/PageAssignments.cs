using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Simulators.Truth;

namespace Idp.Simulators.Answers;

/// <summary>The account of each page. Without truth: the number labelled on the page, or else that of the page before.</summary>
internal static partial class PageAssignments
{
    /// <summary>Answers the task <c>page_assignment</c>.</summary>
    public static JsonObject Answer(ModelQuestion question, TruthLibrary truth)
    {
        var (_, matches) = truth.Find([.. question.Pages.Select(static page => page.Folded)], new FoldedText(question.Frame));
        var pages = new JsonArray();
        string? before = null;
        foreach (var (page, match) in question.Pages.Zip(matches))
        {
            before = match is not null ? match.Page.Account : LabelledNumber().Match(page.Text) is { Success: true } found ? found.Groups["number"].Value : before;
            pages.Add((JsonNode)new JsonObject { ["page"] = page.Number, ["account_number"] = before, ["confidence"] = match is null ? 0.5 : 0.9 });
        }

        return new JsonObject { ["pages"] = pages };
    }

    [GeneratedRegex(@"\b(account|acct|loan)\s*(number|no\.?|nbr|#)\s*:?\s*(?<number>[A-Z]{0,3}-?\d[\d -]{2,20}\d)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex LabelledNumber();
}
