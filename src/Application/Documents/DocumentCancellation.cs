using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>Stops a document durably first and in this process afterwards, so that nothing goes on behind the stored state.</summary>
internal sealed class DocumentCancellation(IDocumentRepository documents, RunningWork running, TimeProvider clock)
{
    /// <summary>The document changes with every page, so a cancellation may have to be written more than once.</summary>
    private const int MaximumTries = 50;

    public async Task<Result<Document>> CancelAsync(DocumentId id, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MaximumTries; attempt++)
        {
            if (await documents.FindAsync(id, ct) is not { } document)
            {
                return DocumentErrors.NotFound(id);
            }

            var now = clock.GetUtcNow();
            if (ChangeOf(document, now) is not { } change)
            {
                return document.WithCancellation(now);
            }

            if (await documents.SaveAsync(change, ct) is { } saved)
            {
                running.Cancel(id.ToString());
                DocumentTelemetry.CountEnded(saved);
                return saved;
            }
        }

        return DocumentErrors.ChangedMeanwhile(id);
    }

    /// <summary>What stops a document; null when it has ended already.</summary>
    public static DocumentChange? ChangeOf(Document document, DateTimeOffset at) =>
        !document.IsTerminal && document.WithCancellation(at) is { IsSuccess: true } cancelled
            ? new DocumentChange(cancelled.Value, [DocumentEvents.Ended(cancelled.Value)]) { DropsWork = true }
            : null;
}
