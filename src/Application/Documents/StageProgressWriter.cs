using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>Someone else changed the document: it was cancelled, deleted, or taken over by another node.</summary>
internal sealed class DocumentChangedException : Exception;

/// <summary>The one writer of a document while a stage runs; reports may come from several pages at once.</summary>
internal sealed class StageProgressWriter(IDocumentRepository documents, TimeProvider clock, Document document) : IStageProgress, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The document as last stored.</summary>
    public Document Document { get; private set; } = document;

    public async Task ReportAsync(int pagesProcessed, int totalPages, ValueList<NewEvent> events, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            // Reports overtake each other; the count never goes back.
            var pages = Math.Max(pagesProcessed, Document.PagesProcessed);
            await StoreAsync(new DocumentChange(Document.WithPagesProcessed(pages, totalPages, clock.GetUtcNow()), events), ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Stores a new value of the document.</summary>
    public Task WriteAsync(Document next, ValueList<NewEvent> events, CancellationToken ct) => StoreAsync(new DocumentChange(next, events), ct);

    /// <summary>Stores the change that ends the stage.</summary>
    public Task FinishAsync(DocumentChange change, CancellationToken ct) => StoreAsync(change, ct);

    private async Task StoreAsync(DocumentChange change, CancellationToken ct) =>
        Document = await documents.SaveAsync(change, ct) ?? throw new DocumentChangedException();
}
