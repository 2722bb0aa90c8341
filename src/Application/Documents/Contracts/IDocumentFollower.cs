using Idp.Domain.Documents;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Documents.Contracts;

/// <summary>A module that does more with documents once their pages are read, beside their stages and without delaying them.</summary>
public interface IDocumentFollower
{
    /// <summary>Work on a document whose pages were read just now, of a pool and a subject of its own; it becomes durable together with the end of the reading. Null for none.</summary>
    WorkItem? WorkAfterReading(Document document);

    /// <summary>Stops work on a document and removes everything that came of it. Called before the document itself is removed; after a crash, again.</summary>
    Task ForgetAsync(DocumentId id, CancellationToken ct);
}
