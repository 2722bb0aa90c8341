using Idp.Application.Kernel.Blobs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>Where a document's bytes and cached results are kept; the cache keys are those of the system that this one replaces.</summary>
internal static class DocumentStorage
{
    /// <summary>Below this are the files as they were sent.</summary>
    public static BlobKey Originals { get; } = BlobKey.Of("documents");

    public static BlobKey Original(DocumentId id) => BlobKey.Of($"{Originals}/{id}/original");

    public static BlobKey PageText(DocumentId id, int page) => BlobKey.Of($"ocr_cache/{id}/page_{page}.json");

    public static BlobKey FullText(DocumentId id) => BlobKey.Of($"ocr_cache/{id}/full_text.json");

    /// <summary>The document that a key below <see cref="Originals"/> belongs to; null when its name is none that this service gives.</summary>
    public static DocumentId? OwnerOf(BlobKey key) => key.Value.Split('/') is [_, var owner, ..] && StrongId.TryParse<DocumentId>(owner, out var id) ? id : null;

    /// <summary>Every folder that holds something of the document and belongs to this module.</summary>
    public static IEnumerable<BlobKey> FoldersOf(DocumentId id) => [BlobKey.Of($"{Originals}/{id}"), BlobKey.Of($"ocr_cache/{id}")];
}
