using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Documents;

internal sealed class DocumentRuns(IDocumentRepository documents, TimeProvider clock) : IDocumentRuns
{
    public Task<Document?> FindAsync(DocumentId id, CancellationToken ct) => documents.FindAsync(id, ct);

    public async Task<Result<Document>> StartRunAsync(DocumentId id, string fromStage, bool fresh, CancellationToken ct)
    {
        if (await documents.FindAsync(id, ct) is not { } document)
        {
            return DocumentErrors.NotFound(id);
        }

        if (!document.IsTerminal)
        {
            return DocumentErrors.StillRunning(id);
        }

        return await documents.SaveAsync(NewRunOf(document, fromStage, fresh), ct) is { } saved ? saved : DocumentErrors.ChangedMeanwhile(id);
    }

    /// <summary>What makes a document run again from a stage on.</summary>
    public DocumentChange NewRunOf(Document document, string fromStage, bool fresh)
    {
        var now = clock.GetUtcNow();
        var queued = document.WithNewRun(StrongId.New<RunId>(clock), fromStage, fresh, now);
        return new DocumentChange(queued, [DocumentEvents.Queued(queued)])
        {
            DropsWork = true,
            NextWork = new WorkItem(StrongId.New<WorkItemId>(clock), queued.Id.ToString(), queued.CurrentStage, queued.Priority, now, now, 0)
            {
                Lane = queued.BatchId?.ToString(),
            },
        };
    }
}
