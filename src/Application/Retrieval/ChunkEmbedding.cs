using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Retrieval;

/// <summary>
/// Gives the chunks of a document their vectors. The document is found by its words before and meanwhile. A provider that is away is asked again for hours; what it answered is kept and not paid
/// again, so that a crash or a delay costs nothing.
/// </summary>
internal sealed class ChunkEmbedding(
    IDocumentRuns documents, DocumentCalls calls, IKnowledgeRepository knowledge, IChunkIndex index, IVectorIndex vectors, IWorkQueue queue, TimeProvider clock,
    ILogger<ChunkEmbedding> logger, ITextEmbedding? embedding = null) : IWorkHandler
{
    /// <summary>Chunks whose vectors are asked for before the progress is written.</summary>
    private const int ChunksAtOnce = 512;

    /// <summary>With the pauses below, about five hours.</summary>
    private const int MaximumAttempts = 40;

    private const int MaximumCrashes = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public bool Handles(WorkItem item) => item.Step == KnowledgeWork.EmbeddingStep;

    /// <inheritdoc />
    public async Task HandleAsync(WorkItem item, CancellationToken ct)
    {
        var id = StrongId.Parse<KnowledgeId>(item.Subject).Document;
        if (await documents.FindAsync(id, ct) is not { } document || await knowledge.FindAsync(id, ct) is not { } known)
        {
            await queue.CompleteAsync(item.Id, ct);
            return;
        }

        if (embedding is null)
        {
            await FinishAsync(item, known.WithoutVectors(clock.GetUtcNow()), ct);
            return;
        }

        try
        {
            await EmbedAsync(item, document, known, embedding, ct);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
        {
            // A bug that one document meets must not keep the others waiting; the log has the stack trace.
            logger.StepCrashed(id, KnowledgeSteps.Embedding, item.Attempts + 1, exception);
            await EndAsync(item, known, RetrievalErrors.StepCrashed(KnowledgeSteps.Embedding), MaximumCrashes, ct);
        }
    }

    private async Task EmbedAsync(WorkItem item, Document document, DocumentKnowledge known, ITextEmbedding maker, CancellationToken ct)
    {
        var startedAt = clock.GetTimestamp();
        var chunks = await index.ListAsync(document.Id, ct);
        var state = known.WithStepStarted(KnowledgeSteps.Embedding, clock.GetUtcNow());
        var context = await calls.BeginAsync(document, ct) with { Priority = Priority.Low };
        var made = new List<ChunkVector>();
        foreach (var part in chunks.Chunk(ChunksAtOnce))
        {
            await TellAsync(state.WithProgress(KnowledgeSteps.Embedding, 100 * made.Count / chunks.Count, clock.GetUtcNow()), ct);
            var asked = await maker.EmbedAsync([.. part.Select(static chunk => chunk.Chunk.TextUnderHeadings)], TextRole.Passage, context, ct);
            if (!asked.IsSuccess)
            {
                await EndAsync(item, state, asked.Error, asked.Error.IsTransient ? MaximumAttempts : 0, ct);
                return;
            }

            made.AddRange(part.Zip(asked.Value, static (chunk, vector) => new ChunkVector(chunk.Id, vector)));
        }

        if (!await vectors.ReplaceAsync(document.Id, maker.Space, made, ct))
        {
            // The document is gone, or was divided anew: that run gives its chunks their vectors.
            logger.WorkLost(document.Id);
            await queue.CompleteAsync(item.Id, ct);
            return;
        }

        if (await FinishAsync(item, state.WithVectors(clock.GetUtcNow()), ct))
        {
            logger.DocumentEmbedded(document.Id, made.Count, (long)clock.GetElapsedTime(startedAt).TotalMilliseconds);
        }
    }

    /// <summary>Tries again later, and after so many attempts no more.</summary>
    private async Task EndAsync(WorkItem item, DocumentKnowledge state, Error problem, int maximumAttempts, CancellationToken ct)
    {
        var id = state.Id;
        if (item.Attempts + 1 < maximumAttempts)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, item.Attempts), LongestPause.TotalSeconds));
            logger.EmbeddingDelayed(id, problem.Code, item.Attempts + 1, pause);
            await TellAsync(state.WithDelay(problem, clock.GetUtcNow()), ct);
            await queue.RetryLaterAsync(item.Id, pause, ct);
            return;
        }

        logger.EmbeddingFailed(id, problem.Code);
        await FinishAsync(item, state.WithFailure(RetrievalErrors.VectorsFailed(problem), clock.GetUtcNow()), ct);
    }

    private Task<bool> TellAsync(DocumentKnowledge state, CancellationToken ct) => knowledge.SaveAsync(state, [KnowledgeEvents.Of(state)], finishedWork: null, ct);

    private async Task<bool> FinishAsync(WorkItem item, DocumentKnowledge done, CancellationToken ct)
    {
        var state = done.HasSummaryAhead ? done with { Status = KnowledgeStatus.Processing } : done;
        if (await (state.HasSummaryAhead
            ? knowledge.HandOnAsync(state, [KnowledgeEvents.Of(state)], item.Id, KnowledgeWork.Summary(state.Id, clock), ct)
            : knowledge.SaveAsync(state, [KnowledgeEvents.Of(state)], item.Id, ct)))
        {
            return true;
        }

        logger.WorkLost(state.Id);
        await queue.CompleteAsync(item.Id, ct);
        return false;
    }
}
