using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

internal sealed class BatchDocuments(IDocumentRepository documents, DocumentRuns runs, RunningWork running, TimeProvider clock) : IBatchDocuments
{
    public Task<ValueList<Document>> ListAsync(BatchId batch, CancellationToken ct) => documents.ListOfBatchAsync(batch, ct);

    public async Task CancelAllAsync(BatchId batch, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var cancelled = await documents.UpdateAllAsync(batch, document => DocumentCancellation.ChangeOf(document, now), ct);
        foreach (var document in cancelled)
        {
            running.Cancel(document.Id.ToString());
            DocumentTelemetry.CountEnded(document);
        }
    }

    public async Task<int> RetryAllAsync(BatchId batch, IReadOnlyCollection<DocumentStatus> statuses, CancellationToken ct)
    {
        var restarted = await documents.UpdateAllAsync(
            batch, document => statuses.Contains(document.Status) ? runs.NewRunOf(document, document.Stages[0].Name, fresh: false) : null, ct);
        return restarted.Count;
    }
}
