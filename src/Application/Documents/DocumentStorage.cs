using Idp.Application.Kernel.Blobs;
using Idp.Domain.Documents;

namespace Idp.Application.Documents;

/// <summary>Where a document's bytes and cached results are kept; the cache keys are those of the system that this one replaces.</summary>
internal static class DocumentStorage
{
    public static BlobKey Original(DocumentId id) => BlobKey.Of($"documents/{id}/original");

    public static BlobKey PageText(DocumentId id, int page) => BlobKey.Of($"ocr_cache/{id}/page_{page}.json");

    public static BlobKey FullText(DocumentId id) => BlobKey.Of($"ocr_cache/{id}/full_text.json");

    /// <summary>Every folder that holds something of the document and belongs to this module.</summary>
    public static IEnumerable<BlobKey> FoldersOf(DocumentId id) => [BlobKey.Of($"documents/{id}"), BlobKey.Of($"ocr_cache/{id}")];
}
