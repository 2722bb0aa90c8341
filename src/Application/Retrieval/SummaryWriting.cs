using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Retrieval;

/// <summary>
/// Puts a model's summary in the place of that by rules, once the document has ended: its data goes before its summary where money is short. Where the model cannot, the summary by rules stands and
/// says why.
/// </summary>
internal sealed class SummaryWriting(
    IDocumentRuns documents, DocumentCalls calls, IKnowledgeRepository knowledge, IResultCache cache, DocumentSummariser summariser, RetrievalOptions options, IWorkQueue queue, TimeProvider clock,
    ILogger<SummaryWriting> logger) : IWorkHandler
{
    /// <summary>With the pauses below, about an hour.</summary>
    private const int MaximumAttempts = 14;

    private const int MaximumCrashes = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public bool Handles(WorkItem item) => item.Step == KnowledgeWork.SummaryStep;

    /// <inheritdoc />
    public async Task HandleAsync(WorkItem item, CancellationToken ct)
    {
        var id = StrongId.Parse<KnowledgeId>(item.Subject).Document;
        if (await documents.FindAsync(id, ct) is not { } document || await knowledge.FindAsync(id, ct) is not { HasSummaryAhead: true } known)
        {
            await queue.CompleteAsync(item.Id, ct);
            return;
        }

        if (!options.HasSummaryByModel)
        {
            await FinishAsync(item, known, known.Summary, ct);
            return;
        }

        if (!document.IsTerminal)
        {
            await SettleAsync(item, await knowledge.HandOnAsync(known, [], item.Id, KnowledgeWork.Later(item, clock), ct), id, ct);
            return;
        }

        try
        {
            await SumUpAsync(item, document, known, ct);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
        {
            // A bug that one document meets must not keep the others waiting; the log has the stack trace.
            logger.StepCrashed(id, KnowledgeSteps.ModelSummary, item.Attempts + 1, exception);
            await EndAsync(item, known, RetrievalErrors.StepCrashed(KnowledgeSteps.ModelSummary), MaximumCrashes, ct);
        }
    }

    private async Task SumUpAsync(WorkItem item, Document document, DocumentKnowledge known, CancellationToken ct)
    {
        var begun = known.WithStepStarted(KnowledgeSteps.ModelSummary, clock.GetUtcNow());
        await knowledge.SaveAsync(begun, [KnowledgeEvents.Of(begun)], finishedWork: null, ct);
        var text = await cache.FindAsync(KnowledgeWork.CleanedText(document.Id), new Fingerprint(known.Fingerprint), CleanedTextJson.Default.CleanedText, ct);
        if (text is null)
        {
            await EndAsync(item, begun, RetrievalErrors.TextGone(), maximumAttempts: 0, ct);
            return;
        }

        var context = await calls.BeginAsync(document, ct) with { Priority = Priority.Low };
        var written = await summariser.SumUpAsync(text.Pages, context, ct);
        if (written.IsSuccess)
        {
            await FinishAsync(item, begun, written.Value, ct);
            return;
        }

        await EndAsync(item, begun, written.Error, written.Error.IsTransient ? MaximumAttempts : 0, ct);
    }

    /// <summary>Tries again later, and after so many attempts leaves the summary as it is.</summary>
    private async Task EndAsync(WorkItem item, DocumentKnowledge state, Error problem, int maximumAttempts, CancellationToken ct)
    {
        if (item.Attempts + 1 < maximumAttempts)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, item.Attempts), LongestPause.TotalSeconds));
            logger.SummaryDelayed(state.Id, problem.Code, item.Attempts + 1, pause);
            var delayed = state.WithDelay(problem, clock.GetUtcNow());
            await knowledge.SaveAsync(delayed, [KnowledgeEvents.Of(delayed)], finishedWork: null, ct);
            await queue.RetryLaterAsync(item.Id, pause, ct);
            return;
        }

        logger.SummaryByRules(state.Id, problem.Code);
        await FinishAsync(item, state, (state.Summary ?? DocumentSummary.Empty) with { Problem = RetrievalErrors.SummaryByRules(problem) }, ct);
    }

    private async Task FinishAsync(WorkItem item, DocumentKnowledge state, DocumentSummary? summary, CancellationToken ct)
    {
        var done = state.WithSummary(summary, clock.GetUtcNow());
        await SettleAsync(item, await knowledge.SaveAsync(done, [KnowledgeEvents.Of(done)], item.Id, ct), state.Id, ct);
    }

    /// <summary>Where nothing was stored, the document is gone or another node has the work: neither needs anything more of this one.</summary>
    private async Task SettleAsync(WorkItem item, bool isStored, DocumentId id, CancellationToken ct)
    {
        if (!isStored)
        {
            logger.WorkLost(id);
            await queue.CompleteAsync(item.Id, ct);
        }
    }
}
