using System.Diagnostics;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Bench.Retrieval;

/// <summary>Invented vectors, those of a document around a direction of its own, through the index of a database.</summary>
/// <param name="ChunksASecond">How fast they got into the table, and into what keeps up with it.</param>
/// <param name="Indexing">How long an index took that was made afterwards, in seconds.</param>
/// <param name="FirstSearch">The first question, in milliseconds: where vectors are searched in memory, it reads them.</param>
/// <param name="Megabytes">What they take in the memory of the node.</param>
/// <param name="Median">Of the other questions, in milliseconds.</param>
/// <param name="NinetyFifth">Only one question in twenty took longer, in milliseconds.</param>
/// <param name="Found">Questions whose chunk was the first, in percent.</param>
internal sealed record VectorRun(double ChunksASecond, double Indexing, double FirstSearch, double Megabytes, double Median, double NinetyFifth, double Found)
{
    private const int Documents = 400;
    private const int ChunksADocument = RetrievalRun.Chunks / Documents;
    private const int Questions = 300;
    private const int WarmUp = 20;

    private static readonly VectorSpace Space = new("bench");

    /// <summary>Fills an index and asks it.</summary>
    public static async Task<VectorRun> MeasureAsync(IVectorStore store, int dimensions, int seed, CancellationToken ct)
    {
        var random = new Random(seed);
        var (asked, writing) = (new List<(ChunkId Chunk, float[] Question)>(), TimeSpan.Zero);
        for (var number = 0; number < Documents; number++)
        {
            var document = await RetrievalRun.AddAsync(store.Documents, ct);
            var around = Direction(random, dimensions, null, 1);
            var made = Enumerable.Range(0, ChunksADocument).Select(ordinal => new IndexedChunk(
                StrongId.New<ChunkId>(TimeProvider.System), document, "report.pdf", new Chunk(ordinal, [], $"chunk {ordinal}", [], 2))).ToValueList();
            await store.Chunks.ReplaceAsync(document, made, ct);
            var vectors = made.Select(chunk => new ChunkVector(chunk.Id, Direction(random, dimensions, around, 0.7))).ToList();
            var startedAt = Stopwatch.GetTimestamp();
            await store.Vectors.ReplaceAsync(document, Space, vectors, ct);
            writing += Stopwatch.GetElapsedTime(startedAt);
            var chosen = vectors[random.Next(ChunksADocument)];
            asked.Add((chosen.Chunk, Direction(random, dimensions, chosen.Vector, 0.5)));
        }

        var filledAt = Stopwatch.GetTimestamp();
        await store.IndexAsync(dimensions, ct);
        var indexing = Stopwatch.GetElapsedTime(filledAt).TotalSeconds;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (first, _) = await AskAsync(store.Vectors, asked[0].Question, ct);
        var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        var times = new List<double>();
        var found = 0;
        foreach (var (chunk, question) in asked.Take(Questions + WarmUp))
        {
            var (took, best) = await AskAsync(store.Vectors, question, ct);
            times.Add(took);
            found += best == chunk ? 1 : 0;
        }

        var sorted = times.Skip(WarmUp).Order().ToList();
        return new VectorRun(
            RetrievalRun.Chunks / writing.TotalSeconds, indexing, first, megabytes, sorted[sorted.Count / 2], sorted[sorted.Count * 95 / 100], 100.0 * found / times.Count);
    }

    private static async Task<(double Milliseconds, ChunkId? Best)> AskAsync(IVectorIndex index, float[] question, CancellationToken ct)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var found = await index.SearchAsync(question, Space, SearchFilter.None, 10, ct);
        return (Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds, found.Count > 0 ? found[0].Chunk.Id : null);
    }

    /// <summary>A direction; near another one where that is given.</summary>
    private static float[] Direction(Random random, int dimensions, float[]? near, double spread)
    {
        var numbers = new float[dimensions];
        var scale = spread / Math.Sqrt(dimensions);
        for (var index = 0; index < dimensions; index++)
        {
            // A sum of three is round enough.
            var noise = (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
            numbers[index] = (float)((near?[index] ?? 0) + (noise * scale));
        }

        return UnitVector.Of(numbers)!;
    }
}
