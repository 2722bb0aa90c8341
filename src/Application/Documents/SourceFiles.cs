using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;

namespace Idp.Application.Documents;

internal static class SourceFiles
{
    /// <summary>The stored bytes of a document, as page readers want them.</summary>
    public static SourceFile ToSourceFile(this Document document) =>
        new(DocumentStorage.Original(document.Id), document.FileType, document.Hash);
}
