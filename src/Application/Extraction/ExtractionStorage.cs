using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;

namespace Idp.Application.Extraction;

/// <summary>Where the extraction's cached results are kept; the keys are those of the system that this one replaces.</summary>
internal static class ExtractionStorage
{
    public static BlobKey Accounts(DocumentId id) => BlobKey.Of($"account_cache/{id}/accounts.json");

    public static BlobKey PageMapping(DocumentId id) => BlobKey.Of($"page_mapping/{id}/mapping.json");

    public static BlobKey PageData(DocumentId id, int page) => BlobKey.Of($"page_data/{id}/page_{page}.json");

    /// <summary>One account's extraction; named by its fingerprint, so that an account whose pages did not change is found again after an edit.</summary>
    public static BlobKey Account(DocumentId id, Fingerprint fingerprint) => BlobKey.Of($"page_data/{id}/account_{fingerprint}.json");

    /// <summary>A document's financial statements; named by their fingerprint.</summary>
    public static BlobKey Statements(DocumentId id, Fingerprint fingerprint) => BlobKey.Of($"page_data/{id}/statements_{fingerprint}.json");

    /// <summary>Every folder that holds something of the document and belongs to this module.</summary>
    public static IEnumerable<BlobKey> FoldersOf(DocumentId id) =>
        [BlobKey.Of($"account_cache/{id}"), BlobKey.Of($"page_mapping/{id}"), BlobKey.Of($"page_data/{id}")];
}
