using Idp.Application.Kernel.Costs;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Research;

/// <summary>A job with everything that is shown of it.</summary>
/// <param name="Standing">The job and its counts.</param>
/// <param name="Cost">What its companies cost so far, searches and analyses.</param>
/// <param name="Cap">The cap of its own; null for none.</param>
public sealed record JobOverview(JobStanding Standing, CostSummary Cost, Money? Cap);

/// <summary>Puts together what the parts of the service know of jobs.</summary>
internal sealed class ResearchOverviews(ICostLedger ledger)
{
    /// <summary>Everything about one job.</summary>
    public async Task<JobOverview> OfAsync(JobStanding standing, CancellationToken ct)
    {
        var id = standing.Job.Id.ToString();
        var scope = BudgetScope.Of(id);
        var cost = await ledger.CostOfAsync(id, ct);
        var caps = await ledger.OwnCapsAsync([scope], ct);
        return new JobOverview(standing, cost, caps.TryGetValue(scope, out var cap) ? cap : Money.CapOf(standing.Job.BudgetUsd));
    }
}
