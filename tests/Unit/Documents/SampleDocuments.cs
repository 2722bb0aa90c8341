using Idp.Application.Documents;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Documents;

internal static class SampleDocuments
{
    /// <summary>A document as an upload leaves it.</summary>
    public static Document Queued(TimeProvider clock) => new(
        StrongId.New<DocumentId>(clock), StrongId.New<RunId>(clock), "packet.pdf", new ContentHash(new string('a', 64)), 1000, FileType.Pdf,
        DocumentKind.Auto, DocumentKind.Auto, null, [], Priority.Normal, null, DocumentStatus.Queued, DocumentPipeline.Fresh(), 0, null, [], null, false,
        clock.GetUtcNow(), clock.GetUtcNow(), 0);
}
