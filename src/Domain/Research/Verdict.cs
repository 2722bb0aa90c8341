using System.Globalization;
using Idp.Domain.Kernel;

namespace Idp.Domain.Research;

/// <summary>Makes findings of an analysis: the rubric decides the tier, and what was read decides whether a reason is supported.</summary>
public static class Verdict
{
    /// <summary>What was found out.</summary>
    /// <param name="rubric">Decides the tier.</param>
    /// <param name="analysis">What a scorer said.</param>
    /// <param name="sent">What the scorer was given.</param>
    public static CompanyFindings Of(Rubric rubric, CompanyAnalysis analysis, IReadOnlyList<ChosenSource> sent)
    {
        var tier = rubric.TierOf(analysis.Score).Name;
        var texts = sent.ToLookup(static chosen => Address(chosen.Source.Url), static chosen => chosen.Source.Text, StringComparer.Ordinal);
        var reasons = analysis.Reasons.Select(reason => new Reason(
            reason.Text, reason.SourceUrl, reason.Quote, texts[Address(reason.SourceUrl)].Any(text => Quotes.IsIn(reason.Quote, text)))).ToValueList();
        return new CompanyFindings(
            tier, analysis.Score, analysis.Classification, reasons,
            sent.Select(static chosen => new FoundSource(chosen.Source.Url, chosen.Source.Title, chosen.Source.Relevance)).ToValueList(),
            RemarksOn(analysis, tier, reasons).ToValueList());
    }

    /// <summary>What is said of a company on which nothing relevant was found: nothing speaks for it.</summary>
    public static CompanyFindings OfNothing(Rubric rubric) => new(
        rubric.TierOf(0).Name, 0, Rubric.NothingFound, [], [], ["The search found no page of enough relevance, so nothing was analysed."]);

    private static IEnumerable<string> RemarksOn(CompanyAnalysis analysis, string tier, ValueList<Reason> reasons)
    {
        if (analysis.Tier is { } said && !string.Equals(said, tier, StringComparison.OrdinalIgnoreCase))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The model called it {Shown(said)}; by the rubric's thresholds a score of {analysis.Score} is {tier}.");
        }

        var unsupported = reasons.Count(static reason => !reason.IsSupported);
        if (unsupported > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{unsupported} of {reasons.Count} reasons quote what their source does not say.");
        }
    }

    private static string Shown(string tier) => tier.Length <= 40 ? tier : tier[..40] + "…";

    /// <summary>Addresses that differ in a last slash, or in letter case of the host, are one.</summary>
    private static string Address(string url) => Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
        ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped).TrimEnd('/')
        : url.Trim();
}
