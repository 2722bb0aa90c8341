using Idp.Domain.Retrieval;

namespace Idp.Infrastructure.Retrieval.Vectors;

/// <summary>The vectors of one document at one time.</summary>
/// <param name="Version">Never given twice.</param>
/// <param name="DocumentId">The document, printed.</param>
internal sealed record VectorVersion(long Version, string DocumentId);

/// <summary>The vector of a chunk as the database has it.</summary>
/// <param name="Version">Whose it is.</param>
/// <param name="Number">The chunk.</param>
/// <param name="Vector">Of length 1.</param>
internal readonly record struct StoredVector(long Version, long Number, float[] Vector);

/// <summary>What a database tells of its vectors to who holds them in memory.</summary>
internal interface IVectorRows
{
    /// <summary>A number that is another one after every change.</summary>
    Task<long> CountChangesAsync(CancellationToken ct);

    /// <summary>All that there are of a space.</summary>
    Task<IReadOnlyList<VectorVersion>> ListVersionsAsync(VectorSpace space, CancellationToken ct);

    /// <summary>The vectors of some versions, those of one after the other.</summary>
    IAsyncEnumerable<StoredVector> ReadAsync(IReadOnlyList<long> versions, CancellationToken ct);
}
