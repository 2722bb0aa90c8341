using Idp.Application.Documents;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;

namespace Idp.Integration.Retrieval;

/// <summary>Documents and chunks to search.</summary>
internal static class SampleChunks
{
    /// <summary>A document as an upload leaves it.</summary>
    public static Document Document(TimeProvider clock, DocumentKind kind = DocumentKind.Generic, BatchId? batch = null) => new(
        StrongId.New<DocumentId>(clock), StrongId.New<RunId>(clock), "report.pdf", new ContentHash(new string('a', 64)), 1000, FileType.Pdf, kind, kind, null, [], Priority.Normal, null,
        DocumentStatus.Queued, DocumentPipeline.Fresh(), 0, null, [], null, false, clock.GetUtcNow(), clock.GetUtcNow(), 0)
    {
        BatchId = batch,
    };

    /// <summary>The first work of a document.</summary>
    public static WorkItem Work(Document document, TimeProvider clock) =>
        new(StrongId.New<WorkItemId>(clock), document.Id.ToString(), document.CurrentStage, document.Priority, document.CreatedAt, document.CreatedAt, 0);

    /// <summary>Chunks of a document, one a text, each on a page of its own.</summary>
    public static ValueList<IndexedChunk> Chunks(DocumentId document, TimeProvider clock, params IEnumerable<string> texts) => texts
        .Select((text, index) => new IndexedChunk(
            StrongId.New<ChunkId>(clock), document, "report.pdf",
            new Chunk(index, ["Part", $"Section {index + 1}"], text, [new TextPlace(0, text.Length, index + 1, new Box(0.1, 0.2, 0.5, 0.0125))], 5)))
        .ToValueList();
}
