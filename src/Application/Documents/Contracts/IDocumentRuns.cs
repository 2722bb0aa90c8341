using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents.Contracts;

/// <summary>What other modules may ask of documents and their runs.</summary>
public interface IDocumentRuns
{
    /// <summary>The document, or null.</summary>
    Task<Document?> FindAsync(DocumentId id, CancellationToken ct);

    /// <summary>Runs a document again from a stage on; what it has from earlier stages is kept.</summary>
    /// <returns>The document, queued; <c>document.not-found</c>, <c>document.still-running</c> or <c>document.changed</c>.</returns>
    Task<Result<Document>> StartRunAsync(DocumentId id, string fromStage, bool fresh, CancellationToken ct);
}
