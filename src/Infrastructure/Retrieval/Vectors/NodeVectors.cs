using Idp.Domain.Retrieval;

namespace Idp.Infrastructure.Retrieval.Vectors;

/// <summary>
/// The vectors of a space in the memory of this process, which follow the database: before each search it is asked whether anything changed, and only documents that are new are read.
/// </summary>
internal sealed class NodeVectors(IVectorRows rows) : IDisposable
{
    private const int VersionsAtOnce = 500;

    /// <summary>Candidates that are compared exactly: packing moves a vector by a few places only.</summary>
    private const int LeastCandidates = 100;

    private static readonly Snapshot Nothing = new(new VectorSpace(string.Empty), -1, []);

    private readonly SemaphoreSlim _following = new(1, 1);
    private Snapshot _snapshot = Nothing;

    /// <summary>How many candidates to compare exactly where so many are to be chosen.</summary>
    public static int CandidatesFor(int limit) => Math.Max(LeastCandidates, 2 * limit);

    /// <summary>The chunks that are probably nearest, in no order: more than are asked for, so that the exact product can choose among them.</summary>
    /// <param name="question">Of length 1.</param>
    /// <param name="space">Its space.</param>
    /// <param name="documents">Only of these, printed; null for all.</param>
    /// <param name="limit">How many are to be chosen.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<long>> FindCandidatesAsync(float[] question, VectorSpace space, IReadOnlySet<string>? documents, int limit, CancellationToken ct)
    {
        var snapshot = await FollowAsync(space, ct);
        var packed = PackedVectors.PackQuestion(question);
        var (nearest, most) = (new PriorityQueue<long, float>(), CandidatesFor(limit));
        foreach (var vectors in snapshot.Documents.Values)
        {
            if (vectors.Dimensions == packed.Length && documents?.Contains(vectors.DocumentId) != false)
            {
                vectors.Offer(packed, nearest, most);
            }
        }

        return [.. nearest.UnorderedItems.Select(static item => item.Element)];
    }

    /// <summary>Gives the memory back, which the next search takes again.</summary>
    public void Forget()
    {
        if (Volatile.Read(ref _snapshot).Documents.Count > 0)
        {
            Volatile.Write(ref _snapshot, Nothing);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _following.Dispose();

    private async Task<Snapshot> FollowAsync(VectorSpace space, CancellationToken ct)
    {
        var changes = await rows.CountChangesAsync(ct);
        if (Volatile.Read(ref _snapshot) is { } current && current.Space == space && current.Changes == changes)
        {
            return current;
        }

        await _following.WaitAsync(ct);
        try
        {
            // Counted before the rest is read: what changes meanwhile is looked for the next time.
            changes = await rows.CountChangesAsync(ct);
            return _snapshot.Space == space && _snapshot.Changes == changes ? _snapshot : _snapshot = await ReadAsync(space, changes, ct);
        }
        finally
        {
            _following.Release();
        }
    }

    private async Task<Snapshot> ReadAsync(VectorSpace space, long changes, CancellationToken ct)
    {
        var versions = await rows.ListVersionsAsync(space, ct);
        var kept = new Dictionary<long, PackedVectors>(versions.Count);
        var missing = new Dictionary<long, string>();
        foreach (var (version, document) in versions)
        {
            if (_snapshot.Documents.TryGetValue(version, out var known))
            {
                kept[version] = known;
            }
            else
            {
                missing[version] = document;
            }
        }

        foreach (var part in missing.Keys.Order().Chunk(VersionsAtOnce))
        {
            var open = new List<StoredVector>();
            await foreach (var vector in rows.ReadAsync(part, ct))
            {
                if (open.Count > 0 && open[0].Version != vector.Version)
                {
                    Keep(open);
                }

                open.Add(vector);
            }

            Keep(open);
        }

        return new Snapshot(space, changes, kept);

        void Keep(List<StoredVector> vectors)
        {
            if (vectors.Count > 0)
            {
                kept[vectors[0].Version] = PackedVectors.Of(missing[vectors[0].Version], vectors);
                vectors.Clear();
            }
        }
    }

    private sealed record Snapshot(VectorSpace Space, long Changes, Dictionary<long, PackedVectors> Documents);
}
