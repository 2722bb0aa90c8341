using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Documents;

/// <summary>
/// Runs one stage of one document. The end of a stage, its events and the next stage's work item are one transaction, so that after a crash
/// either the stage is done and the next one queued, or the stage is still to do.
/// </summary>
internal sealed class DocumentStageRunner(
    IDocumentRepository documents, IWorkQueue queue, IEnumerable<IDocumentStage> stages, IEnumerable<IDocumentFollower> followers, TimeProvider clock, ILogger<DocumentStageRunner> logger)
    : IWorkHandler
{
    private const int MaximumAttempts = 4;

    private readonly Dictionary<string, IDocumentStage> _stages = stages.ToDictionary(stage => stage.Name, StringComparer.Ordinal);

    public bool Handles(WorkItem item) => _stages.ContainsKey(item.Step);

    public async Task HandleAsync(WorkItem item, CancellationToken ct)
    {
        var document = await documents.FindAsync(StrongId.Parse<DocumentId>(item.Subject), ct);
        var started = document?.WithStageStarted(item.Step, clock.GetUtcNow());
        if (started is not { IsSuccess: true })
        {
            // Cancelled, deleted, or already past this stage: nothing is left to do.
            await queue.CompleteAsync(item.Id, ct);
            return;
        }

        using var progress = new StageProgressWriter(documents, clock, started.Value);
        using var observation = new StageObservation(started.Value, item.Step, clock);
        try
        {
            await progress.WriteAsync(started.Value, [DocumentEvents.StageUpdate(started.Value)], ct);
            logger.StageStarted(progress.Document.Id, item.Step);
            var outcome = await RunStageAsync(item, progress, ct);
            await SettleAsync(item, progress, outcome, observation, ct);
        }
        catch (DocumentChangedException)
        {
            logger.WorkLost(progress.Document.Id, item.Step);
            await queue.ReleaseAsync(item.Id, ct);
        }
    }

    private static bool MayRetry(WorkItem item) => item.Attempts + 1 < MaximumAttempts;

    private ValueList<WorkItem> WorkBeside(Document read) => followers.Select(follower => follower.WorkAfterReading(read)).OfType<WorkItem>().ToValueList();

    private async Task<Result<StageOutcome>> RunStageAsync(WorkItem item, StageProgressWriter progress, CancellationToken ct)
    {
        try
        {
            return await _stages[item.Step].RunAsync(new StageContext(progress.Document, progress) { MayRetry = MayRetry(item), Pool = item.Pool }, ct);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DocumentChangedException or StoreUnavailableException))
        {
            // A bug in one stage must not take the other documents with it; the log has the stack trace.
            logger.StageCrashed(progress.Document.Id, item.Step, exception);
            return DocumentErrors.StageCrashed(item.Step);
        }
    }

    private async Task SettleAsync(WorkItem item, StageProgressWriter progress, Result<StageOutcome> outcome, StageObservation observation, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var document = progress.Document;
        if (outcome.Error is { IsTransient: true } transient && MayRetry(item))
        {
            var delay = transient.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, item.Attempts));
            logger.StageRetried(document.Id, item.Step, transient.Code, item.Attempts + 1, delay.TotalSeconds);
            await queue.RetryLaterAsync(item.Id, delay, ct);
            observation.EndAs(StageEnd.Retried, transient);
            return;
        }

        if (outcome.Error is { } error)
        {
            logger.StageFailed(document.Id, item.Step, error.Code);
            var failed = document.WithFailure(item.Step, new Problem(error), now);
            await progress.FinishAsync(new DocumentChange(failed, [DocumentEvents.Ended(failed)]) { FinishedWork = item.Id }, ct);
            observation.EndAs(StageEnd.Failed, error);
            DocumentTelemetry.CountEnded(failed);
            return;
        }

        if (outcome.Value!.ContinuesIn is { } pool)
        {
            var rest = item with { Id = StrongId.New<WorkItemId>(clock), AvailableAt = now, Attempts = 0, Lane = null, Pool = pool };
            await progress.FinishAsync(new DocumentChange(document, []) { FinishedWork = item.Id, NextWork = rest }, ct);
            observation.EndAs(StageEnd.HandedOn);
            return;
        }

        var next = document.WithStageCompleted(item.Step, outcome.Value.Problems, now) with
        {
            Kind = outcome.Value.RecognizedKind ?? document.Kind,
        };
        var following = next.IsTerminal
            ? null
            : item with { Id = StrongId.New<WorkItemId>(clock), Step = next.CurrentStage, AvailableAt = now, Attempts = 0, Lane = null, Pool = WorkPools.Documents };
        var happened = next.IsTerminal ? DocumentEvents.Ended(next) : DocumentEvents.StageUpdate(next);
        await progress.FinishAsync(
            new DocumentChange(next, [happened]) { FinishedWork = item.Id, NextWork = following, WorkBeside = item.Step == StageNames.OcrExtraction ? WorkBeside(next) : [] }, ct);
        observation.EndAs(StageEnd.Completed);
        logger.StageCompleted(document.Id, item.Step, (long)observation.Elapsed.TotalMilliseconds, outcome.Value.Problems.Count);
        if (next.IsTerminal)
        {
            DocumentTelemetry.CountEnded(next);
        }
    }
}
