using Idp.Api.Research;

namespace Idp.Api.CommandLine;

/// <summary>The JSON of <c>research</c>.</summary>
/// <param name="Job">The job.</param>
/// <param name="Items">Its companies by score, best first.</param>
internal sealed record ResearchedListBody(JobBody Job, IReadOnlyList<CompanyBody> Items);
