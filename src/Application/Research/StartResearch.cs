using FluentValidation;
using Idp.Application.Kernel.Costs;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Research;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Research;

/// <summary>Begins to research companies, as one job.</summary>
/// <param name="List">The companies.</param>
/// <param name="FileName">The name of the list; null for names that were sent by themselves.</param>
/// <param name="SubmittedBy">Who sends it, by their own word.</param>
/// <param name="Rubric">What the companies are scored by; null for the built-in rubric.</param>
/// <param name="BudgetUsd">The most that all companies together may cost, in US dollars; null for no limit.</param>
public sealed record StartResearch(CompanyList List, string? FileName, string? SubmittedBy, string? Rubric, decimal? BudgetUsd) : IRequest<Result<JobOverview>>
{
    /// <summary>The rubric of those who name none.</summary>
    public const string UsualRubric = "gpu-demand";
}

internal sealed class StartResearchValidator : AbstractValidator<StartResearch>
{
    public StartResearchValidator()
    {
        RuleFor(request => request.List.Companies).Must(companies => companies.Count is > 0 and <= CompanyListBuilder.MostCompanies)
            .WithMessage($"From 1 to {CompanyListBuilder.MostCompanies} companies.");
        RuleFor(request => request.FileName).MaximumLength(500);
        RuleFor(request => request.SubmittedBy).MaximumLength(200);
        RuleFor(request => request.BudgetUsd).InclusiveBetween(0, BudgetOptions.LargestUsd);
    }
}

internal sealed class StartResearchHandler(
    IResearchRepository research, IRubricCatalog rubrics, ICostLedger ledger, TimeProvider clock, ILogger<StartResearchHandler> logger)
    : IRequestHandler<StartResearch, Result<JobOverview>>
{
    public async Task<Result<JobOverview>> Handle(StartResearch request, CancellationToken cancellationToken)
    {
        var name = request.Rubric ?? StartResearch.UsualRubric;
        if (await rubrics.FindAsync(name, cancellationToken) is not { } rubric)
        {
            return ResearchErrors.UnknownRubric(name);
        }

        var now = clock.GetUtcNow();
        var job = new ResearchJob(
            StrongId.New<JobId>(clock), Number: 0, request.FileName, request.SubmittedBy, rubric, request.BudgetUsd, request.List.Reports, JobStatus.Processing,
            StoppedBy: null, IsCancelRequested: false, now, now, EndedAt: null);
        var cap = Money.CapOf(request.BudgetUsd);
        if (cap is not null)
        {
            // Before the first company can spend anything.
            await ledger.EnsureCapAsync(BudgetScope.Of(job.Id.ToString()), cap.Value, cancellationToken);
        }

        var arrivals = request.List.Companies.Select(listed => ArrivalOf(job.Id, listed, now)).ToValueList();
        var stored = await research.AddAsync(job, arrivals, cancellationToken);
        logger.JobReceived(stored.Id, arrivals.Count, request.List.Reports.Count, rubric.Name);
        return new JobOverview(
            new JobStanding(stored, new JobCounts(arrivals.Count, arrivals.Count, 0, 0, 0, 0), [], SearchCredits: 0), CostSummary.Nothing, cap);
    }

    private CompanyArrival ArrivalOf(JobId job, ListedCompany listed, DateTimeOffset now)
    {
        var company = Company.Received(StrongId.New<CompanyId>(clock), job, listed, now);
        return new CompanyArrival(company, CompanyWork.First(company, now, clock));
    }
}
