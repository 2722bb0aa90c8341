using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval;

/// <summary>Begins the work that makes a document searchable when its pages are read, and takes everything back when the document is deleted.</summary>
internal sealed class KnowledgeWork(
    IKnowledgeRepository knowledge, IChunkIndex index, IBlobStore blobs, IEventAppender events, RunningWork running, RetrievalOptions options, TimeProvider clock) : IDocumentFollower
{
    /// <summary>The step of the work item.</summary>
    public const string Step = "knowledge";

    /// <summary>The step of the work item that makes vectors.</summary>
    public const string EmbeddingStep = "embedding";

    /// <summary>The step of the work item that lets a model sum up.</summary>
    public const string SummaryStep = "model_summary";

    /// <summary>The time before it is looked again whether the document has ended: half of what was waited already, between these two.</summary>
    private static readonly (TimeSpan Shortest, TimeSpan Longest) PauseForDocument = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <inheritdoc />
    public WorkItem? WorkAfterReading(Document document) => options.Enabled ? Making(document.Id, clock) : null;

    /// <inheritdoc />
    public async Task ForgetAsync(DocumentId id, CancellationToken ct)
    {
        await running.CancelAndWaitAsync(SubjectOf(id), ct);
        await index.RemoveAsync(id, ct);
        await blobs.DeleteBelowAsync(Folder(id), ct);
        if (await knowledge.FindAsync(id, ct) is { } known)
        {
            // Who listens is told before the row goes: afterwards nothing would remind a node that died in between.
            await events.AppendAsync([KnowledgeEvents.OfDeleted(known)], ct);
        }
    }

    /// <summary>Work that makes a document searchable, from its pages on.</summary>
    public static WorkItem Making(DocumentId id, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new WorkItem(StrongId.New<WorkItemId>(clock), SubjectOf(id), Step, Priority.Low, now, now, Attempts: 0) { Pool = KnowledgePool.Name };
    }

    /// <summary>Work that gives the chunks of a document their vectors. It waits for a provider, and so has workers of its own.</summary>
    public static WorkItem Embedding(DocumentId id, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new WorkItem(StrongId.New<WorkItemId>(clock), SubjectOf(id), EmbeddingStep, Priority.Low, now, now, Attempts: 0) { Pool = KnowledgePool.Embedding };
    }

    /// <summary>Work that lets a model sum a document up. It waits for a provider as well, and longer.</summary>
    public static WorkItem Summary(DocumentId id, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new WorkItem(StrongId.New<WorkItemId>(clock), SubjectOf(id), SummaryStep, Priority.Low, now, now, Attempts: 0) { Pool = KnowledgePool.Summary };
    }

    /// <summary>The same work a little later, as its first attempt: that its document has not ended yet is no failure of it.</summary>
    public static WorkItem Later(WorkItem item, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var pause = Math.Clamp((now - item.EnqueuedAt).Ticks / 2, PauseForDocument.Shortest.Ticks, PauseForDocument.Longest.Ticks);
        return item with { Id = StrongId.New<WorkItemId>(clock), AvailableAt = now.AddTicks(pause) };
    }

    /// <summary>Where cleaned pages are kept.</summary>
    public static BlobKey CleanedText(DocumentId id) => BlobKey.Of($"knowledge/{id}/cleaned.json");

    private static BlobKey Folder(DocumentId id) => BlobKey.Of($"knowledge/{id}");

    private static string SubjectOf(DocumentId id) => KnowledgeId.Of(id).ToString();
}

/// <summary>The workers that make documents searchable: a pool of their own, so that no stage of a document waits for them.</summary>
public static class KnowledgePool
{
    /// <summary>Its name.</summary>
    public const string Name = "knowledge";

    /// <summary>The name of the pool for what waits for the provider of embeddings.</summary>
    public const string Embedding = "embedding";

    /// <summary>The name of the pool for what waits for the language model.</summary>
    public const string Summary = "summary";
}
