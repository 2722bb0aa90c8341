using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Research;

namespace Idp.Api.Research;

/// <summary>One company of a job.</summary>
/// <param name="Id">The company.</param>
/// <param name="Row">Its row in the list, from 1.</param>
/// <param name="Company">Its name.</param>
/// <param name="Country">Its country, where the list says it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Tier">Its class by the rubric; null without a result, as are the next two.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Classification">What it is.</param>
/// <param name="Reasons">Why, the weightiest first.</param>
/// <param name="Sources">The pages that were read, the most relevant first.</param>
/// <param name="Remarks">What a person should know of how the result came about.</param>
/// <param name="Problem">Why there is no result.</param>
/// <param name="Attempts">How often it was run.</param>
/// <param name="Cost">What it cost.</param>
internal sealed record CompanyBody(
    string Id, int Row, string Company, string? Country, string Status, string? Tier, int? Score, string? Classification, IReadOnlyList<ReasonBody> Reasons,
    IReadOnlyList<SourceBody> Sources, IReadOnlyList<string> Remarks, ProblemBody? Problem, int Attempts, ResearchCostBody Cost)
{
    public static CompanyBody From(CompanyOverview overview)
    {
        var company = overview.Company;
        var findings = company.Findings;
        return new CompanyBody(
            company.Id.ToString(), company.Row, company.Name, company.Country, company.Status.Print(), findings?.Tier, findings?.Score, findings?.Classification,
            [.. (findings?.Reasons ?? []).Select(static reason => new ReasonBody(reason.Text, reason.SourceUrl, reason.Quote, reason.IsSupported))],
            [.. (findings?.Sources ?? []).Select(static source => new SourceBody(source.Url, source.Title, source.Relevance))],
            findings?.Remarks ?? [], company.Problem?.ToBody($"/v1/research/{company.JobId}", traceId: null), company.Attempts,
            ResearchCostBody.From(overview.Cost, company.SearchCredits));
    }
}

/// <summary>A reason.</summary>
/// <param name="Text">The reason.</param>
/// <param name="SourceUrl">Where it stands.</param>
/// <param name="Quote">The words that say it.</param>
/// <param name="Supported">True when the source has these words.</param>
internal sealed record ReasonBody(string Text, string SourceUrl, string Quote, bool Supported);

/// <summary>A page.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Score">Its relevance by the search provider's word, 0 to 1.</param>
internal sealed record SourceBody(string Url, string Title, double Score);

/// <summary>One page of the list of companies.</summary>
/// <param name="Items">By score, best first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
internal sealed record CompanyListBody(IReadOnlyList<CompanyBody> Items, string? NextCursor);
