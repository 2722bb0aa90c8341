using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Research;

namespace Idp.Application.Research;

/// <summary>The work items of companies.</summary>
internal static class CompanyWork
{
    /// <summary>The first step. Jobs take turns (<see cref="WorkItem.Lane"/>), and the companies of one go in the order of its rows.</summary>
    public static WorkItem First(Company company, DateTimeOffset at, TimeProvider clock) => new(
        StrongId.New<WorkItemId>(clock), company.Id.ToString(), ResearchSteps.Search, Priority.Low, at + TimeSpan.FromTicks(company.Row), at, Attempts: 0)
    {
        Lane = company.JobId.ToString(),
        Pool = ResearchSteps.SearchPool,
    };

    /// <summary>The second step, which goes by the age of the company.</summary>
    public static WorkItem Next(WorkItem search, DateTimeOffset at, TimeProvider clock) => search with
    {
        Id = StrongId.New<WorkItemId>(clock),
        Step = ResearchSteps.Analysis,
        Pool = ResearchSteps.AnalysisPool,
        AvailableAt = at,
        Attempts = 0,
        Lane = null,
    };
}
