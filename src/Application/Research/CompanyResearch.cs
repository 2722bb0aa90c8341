using Idp.Application.Kernel;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Work;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Research;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Research;

/// <summary>
/// Does one step of one company. Its end and the next step's work item are one transaction; what a step paid for is durable before that, and found again when the step starts over.
/// </summary>
internal sealed class CompanyResearch(
    IResearchRepository research, IWebSearch search, CompanyAnalyser analyser, ICostLedger ledger, ILanguageModel model, IWorkQueue queue, ResearchPace pace, TimeProvider clock,
    ILogger<CompanyResearch> logger) : IWorkHandler, IDisposable
{
    private const int MaximumAttempts = 4;

    /// <summary>One company at a time where that is wished, whichever pool has it in hand.</summary>
    private readonly SemaphoreSlim _turn = new(pace.IsPipelined ? int.MaxValue : 1);

    public bool Handles(WorkItem item) => item.Step is ResearchSteps.Search or ResearchSteps.Analysis;

    public async Task HandleAsync(WorkItem item, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var found = await research.FindCompanyAsync(StrongId.Parse<CompanyId>(item.Subject), ct);
            if (found is not { Company.IsOpen: true } || (item.Step == ResearchSteps.Analysis && found.Company.Status != CompanyStatus.Searched))
            {
                // Cancelled, or already past this step: nothing is left to do.
                await queue.CompleteAsync(item.Id, ct);
                return;
            }

            var outcome = await RunAsync(found.Job, found.Company, item, ct);
            await SettleAsync(found.Job, found.Company, item, outcome, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Runs the step, or where companies go one after the other, both.</summary>
    private async Task<Result<Company>> RunAsync(ResearchJob job, Company company, WorkItem item, CancellationToken ct)
    {
        try
        {
            // The analysis asks for the same pages again: they are in the cache of the search.
            var question = new WebQuestion(job.Rubric.QueryFor(company.Name), job.Rubric.Search.Depth, job.Rubric.Search.MaximumResults);
            var context = ContextOf(job, company);
            var answer = await search.SearchAsync(question, context, ct);
            if (!answer.IsSuccess)
            {
                return answer.Error;
            }

            var relevant = answer.Value.Sources.Where(source => source.Relevance >= job.Rubric.Search.LeastRelevance && source.Text.Length > 0)
                .OrderByDescending(static source => source.Relevance).ToList();
            var searched = company.WithSearch(answer.Value.Credits, clock.GetUtcNow());
            if (item.Step == ResearchSteps.Search)
            {
                logger.CompanySearched(company.Id, answer.Value.Sources.Count, relevant.Count, answer.Value.Credits);
            }

            return item.Step == ResearchSteps.Search && pace.IsPipelined && relevant.Count > 0
                ? searched
                : await AnalyseAsync(job, searched, relevant, context, ct);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
        {
            // A bug that one company meets must not take the others with it; the log has the stack trace.
            logger.StepCrashed(company.Id, item.Step, exception);
            return ResearchErrors.StepCrashed(item.Step);
        }
    }

    private async Task<Result<Company>> AnalyseAsync(ResearchJob job, Company company, List<SourceText> relevant, CallContext context, CancellationToken ct)
    {
        var isAsked = relevant.Count > 0;
        var findings = isAsked ? await analyser.AnalyseAsync(job, company, relevant, context, ct) : Verdict.OfNothing(job.Rubric);
        if (!findings.IsSuccess)
        {
            return findings.Error;
        }

        // What was not called for, because an answer was known, is told as saved.
        var needed = (search.Identity.IsOffline ? 0 : 1) + (isAsked && analyser.IsPaid ? 1 : 0);
        if (needed > 0)
        {
            var payer = model.Identity.IsOffline ? search.Identity : model.Identity;
            await ledger.RecordPagesAsync(context.Subject, company.Id.ToString(), payer.Model, context.Batch, needed, clock.GetUtcNow(), ct);
        }

        return company.WithFindings(findings.Value, clock.GetUtcNow());
    }

    private async Task SettleAsync(ResearchJob job, Company company, WorkItem item, Result<Company> outcome, CancellationToken ct)
    {
        if (outcome.Error is { IsTransient: true } transient && item.Attempts + 1 < MaximumAttempts)
        {
            var delay = transient.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, item.Attempts));
            logger.StepRetried(company.Id, item.Step, transient.Code, item.Attempts + 1, delay.TotalSeconds);
            await queue.RetryLaterAsync(item.Id, delay, ct);
            return;
        }

        if (outcome.Error is { } error && (WebSearchErrors.EndsSearching(error) || WebSearchErrors.EndsAnalysing(error)))
        {
            // Before this company ends: should the process die in between, it is tried once more and ends the same way.
            var waiting = await research.StopAsync(job.Id, error, WebSearchErrors.EndsAnalysing(error), ResearchEvents.OfJob, ct);
            logger.JobStopped(job.Id, error.Code, waiting);
        }

        var next = outcome.Match(static changed => changed, error => company.WithProblem(error, clock.GetUtcNow()));
        var change = new CompanyChange(next, item.Id) { NextWork = next.IsOpen ? CompanyWork.Next(item, clock.GetUtcNow(), clock) : null };
        if (!await research.SaveAsync(change, ResearchEvents.OfCompany(next), ct))
        {
            logger.WorkLost(company.Id, item.Step);
            await queue.ReleaseAsync(item.Id, ct);
            return;
        }

        LogEnd(next, item.Step);
    }

    private static CallContext ContextOf(ResearchJob job, Company company) => new(company.Id.ToString(), Priority.Low, [BudgetScope.Of(job.Id.ToString())])
    {
        Batch = job.Id.ToString(),
        Run = $"{company.Id}/{company.Attempts}",
    };

    private void LogEnd(Company company, string step)
    {
        if (company.Findings is { } findings && company.Status == CompanyStatus.Completed)
        {
            logger.CompanyCompleted(company.Id, findings.Tier, findings.Score, findings.Reasons.Count, findings.Reasons.Count(static reason => reason.IsSupported));
        }
        else if (company.Problem is { } problem)
        {
            logger.CompanyFailed(company.Id, step, problem.Code);
        }
    }
}
