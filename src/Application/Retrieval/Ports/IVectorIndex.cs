using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval.Ports;

/// <summary>The vector of a chunk.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Vector">Of length 1.</param>
public sealed record ChunkVector(ChunkId Chunk, float[] Vector);

/// <summary>A chunk that means something like the question.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Similarity">The cosine between both, above 0 and at most 1.</param>
public sealed record VectorMatch(IndexedChunk Chunk, double Similarity);

/// <summary>Finds chunks by their vectors.</summary>
/// <remarks>
/// Adapters: SQLite, PostgreSQL. Each passes <c>VectorIndexContract</c>. Safe to call concurrently. The vectors of a document go with its chunks, in the transaction that removes or replaces them.
/// </remarks>
public interface IVectorIndex
{
    /// <summary>
    /// Gives all chunks of a document their vectors, in place of those that they had, all or nothing. False, and nothing is changed, when one of the chunks is no longer there.
    /// </summary>
    Task<bool> ReplaceAsync(DocumentId document, VectorSpace space, IReadOnlyList<ChunkVector> vectors, CancellationToken ct);

    /// <summary>True when the chunks that a document has now have vectors of a space.</summary>
    Task<bool> HasAsync(DocumentId document, VectorSpace space, CancellationToken ct);

    /// <summary>The chunks whose vectors are nearest to that of a question, nearest first; only those that are nearer than a right angle.</summary>
    /// <param name="question">Of length 1.</param>
    /// <param name="space">Its space; chunks of other spaces are not found.</param>
    /// <param name="filter">Where to search.</param>
    /// <param name="limit">The most matches, 1 to <see cref="IChunkIndex.MaximumLimit"/>.</param>
    /// <param name="ct">Cancels.</param>
    Task<ValueList<VectorMatch>> SearchAsync(float[] question, VectorSpace space, SearchFilter filter, int limit, CancellationToken ct);
}
