using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Idp.Simulators.Web;

namespace Idp.Simulators.Answers;

/// <summary>Scores a company from the simulated web, as far as the passages of the message tell it.</summary>
internal static partial class CompanyAnalyses
{
    private const int MostReasons = 4;
    private const int ScoreWithoutEvidence = 10;

    /// <summary>Answers the task <c>company_analysis</c>; null where the web knows none of the sources.</summary>
    /// <remarks>A reason is given only where its quote stands in a passage of its own source. Without any, the company is cold whatever is true of it: nothing that was sent says otherwise.</remarks>
    public static JsonObject? Answer(ModelQuestion question, SimulatedWeb web)
    {
        var passages = PassagesOf(question);
        var companies = passages.Select(static passage => passage.Url).Distinct(StringComparer.Ordinal).Select(web.FindByUrl).OfType<WebCompany>().GroupBy(static company => company.Name).ToList();
        var asked = QuerySubject.Fold(question.Frame);
        if (companies.OrderByDescending(group => asked.Contains(QuerySubject.Fold(group.Key), StringComparison.Ordinal)).ThenByDescending(static group => group.Count())
            .FirstOrDefault()?.First() is not { } company)
        {
            return null;
        }

        var reasons = company.Pages
            .SelectMany(page => (page.Facts ?? []).Where(fact => passages.Any(passage => passage.Url == page.Url && SentText.Has(passage.Text, fact.Quote))).Select(fact => (page.Url, fact)))
            .DistinctBy(static reason => reason.fact.Quote)
            .Take(MostReasons)
            .Select(static reason => Reason(reason.fact.Text, reason.Url, reason.fact.Quote))
            .ToArray();
        return reasons.Length > 0
            ? Analysis(company.Tier, company.Score, company.Classification, reasons)
            : Analysis("COLD", ScoreWithoutEvidence, "undetermined", []);
    }

    /// <summary>Spoils one reason, where these faults strike.</summary>
    public static void Alter(JsonObject answer, FaultDraw draw)
    {
        if (answer["reasons"] is not JsonArray { Count: > 0 } reasons || reasons[draw.Pick("which reason", reasons.Count)] is not JsonObject victim)
        {
            return;
        }

        if (draw.Has(Fault.WrongQuote))
        {
            victim["quote"] = $"It is said to be {draw.Pick("percent", 100)} per cent more than anybody ever wrote.";
        }

        if (draw.Has(Fault.UnsentSource))
        {
            victim["source_url"] = $"https://elsewhere.example/page-{draw.Pick("page", 10_000)}";
        }
    }

    /// <summary>A passage is headed by a line <c>[page N]</c>, and a line <c>source: URL</c> below says where it is from.</summary>
    private static List<(string Url, string Text)> PassagesOf(ModelQuestion question) =>
        [.. question.Pages.Select(static page => (Page: page, Source: SourceLine().Match(page.Text))).Where(static pair => pair.Source.Success)
            .Select(static pair => (pair.Source.Groups["url"].Value, pair.Page.Text[(pair.Source.Index + pair.Source.Length)..]))];

    private static JsonObject Analysis(string tier, int score, string classification, JsonNode[] reasons) =>
        new() { ["tier"] = tier, ["score"] = score, ["classification"] = classification, ["reasons"] = new JsonArray(reasons) };

    private static JsonNode Reason(string text, string url, string quote) => new JsonObject { ["text"] = text, ["source_url"] = url, ["quote"] = quote };

    [GeneratedRegex(@"(?m)^source: *(?<url>\S+)[ \t]*\r?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SourceLine();
}
