using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval.Ports;

/// <summary>A chunk as the index keeps it.</summary>
/// <param name="Id">The chunk.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="FileName">The name of its document, which is searched like a heading.</param>
/// <param name="Chunk">The chunk.</param>
public sealed record IndexedChunk(ChunkId Id, DocumentId DocumentId, string FileName, Chunk Chunk);

/// <summary>Which documents are searched; null and empty mean all.</summary>
/// <param name="Documents">Only these.</param>
/// <param name="Kinds">Only of these kinds.</param>
/// <param name="Batch">Only of this batch.</param>
/// <param name="From">Only received at this moment or later.</param>
/// <param name="Until">Only received before this moment.</param>
public sealed record SearchFilter(ValueList<DocumentId> Documents, ValueList<DocumentKind> Kinds, BatchId? Batch, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>Everything.</summary>
    public static SearchFilter None { get; } = new([], [], null, null, null);

    /// <summary>True when every document is searched.</summary>
    public bool IsNone => Documents.Count == 0 && Kinds.Count == 0 && Batch is null && From is null && Until is null;
}

/// <summary>A chunk that fits a question.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Score">How well.</param>
public sealed record ChunkMatch(IndexedChunk Chunk, PassageScore Score);

/// <summary>What a search found.</summary>
/// <param name="Matches">Best first.</param>
/// <param name="Statistics">What ranking knew of all chunks, filtered ones included.</param>
public sealed record ChunkMatches(ValueList<ChunkMatch> Matches, CollectionStatistics Statistics);

/// <summary>Finds chunks by their words.</summary>
/// <remarks>
/// Adapters: SQLite (FTS5), PostgreSQL (full text). Each passes <c>ChunkIndexContract</c>, and gives the same order: the database finds candidates, <see cref="PassageRanking"/> ranks them.
/// Safe to call concurrently. What belongs to a document goes with it, in the transaction that removes the document.
/// </remarks>
public interface IChunkIndex
{
    /// <summary>Puts chunks in the place of all that the document had, all or nothing. False when the document is gone; nothing is kept then.</summary>
    Task<bool> ReplaceAsync(DocumentId document, ValueList<IndexedChunk> chunks, CancellationToken ct);

    /// <summary>Removes all chunks of a document.</summary>
    Task RemoveAsync(DocumentId document, CancellationToken ct);

    /// <summary>The chunks of a document in their order.</summary>
    Task<ValueList<IndexedChunk>> ListAsync(DocumentId document, CancellationToken ct);

    /// <summary>The chunks that fit a question best; those that hold nothing of it are not among them.</summary>
    /// <param name="question">What is asked for; not empty.</param>
    /// <param name="filter">Where to search.</param>
    /// <param name="limit">The most matches, 1 to <see cref="MaximumLimit"/>.</param>
    /// <param name="ct">Cancels.</param>
    Task<ChunkMatches> SearchAsync(SearchQuestion question, SearchFilter filter, int limit, CancellationToken ct);

    /// <summary>The most matches of one search.</summary>
    const int MaximumLimit = 100;
}
