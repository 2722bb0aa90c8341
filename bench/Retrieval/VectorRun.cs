using System.Diagnostics;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Documents.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Retrieval.Sqlite;
using Idp.Integration;

namespace Idp.Bench.Retrieval;

/// <summary>Invented vectors, those of a document around a direction of its own, through the index of SQLite.</summary>
/// <param name="ChunksASecond">How fast they got into the index.</param>
/// <param name="FirstSearch">The first question, which reads them into memory, in milliseconds.</param>
/// <param name="Megabytes">What they take in memory.</param>
/// <param name="Median">Of the other questions, in milliseconds.</param>
/// <param name="NinetyFifth">Only one question in twenty took longer, in milliseconds.</param>
/// <param name="Found">Questions whose chunk was the first, in percent.</param>
internal sealed record VectorRun(double ChunksASecond, double FirstSearch, double Megabytes, double Median, double NinetyFifth, double Found)
{
    private const int Documents = 400;
    private const int ChunksADocument = RetrievalRun.Chunks / Documents;
    private const int Questions = 300;
    private const int WarmUp = 20;

    private static readonly VectorSpace Space = new("bench");

    /// <summary>Fills an index and asks it.</summary>
    public static async Task<VectorRun> MeasureAsync(int dimensions, int seed, CancellationToken ct)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        using var database = new SqliteDatabase(new DatabaseOptions { ConnectionString = folder.File("idp.db") }, TimeProvider.System);
        using var signal = new WorkSignal(TimeProvider.System);
        using var index = new SqliteVectorIndex(database);
        var (documents, chunks) = (new SqliteDocumentRepository(database, ProcessIdentity.Current(), signal, TimeProvider.System), new SqliteChunkIndex(database));
        var (asked, writing) = (new List<(ChunkId Chunk, float[] Question)>(), TimeSpan.Zero);
        for (var number = 0; number < Documents; number++)
        {
            var document = await RetrievalRun.AddAsync(documents, ct);
            var around = Direction(random, dimensions, null, 1);
            var made = Enumerable.Range(0, ChunksADocument).Select(ordinal => new IndexedChunk(
                StrongId.New<ChunkId>(TimeProvider.System), document, "report.pdf", new Chunk(ordinal, [], $"chunk {ordinal}", [], 2))).ToValueList();
            await chunks.ReplaceAsync(document, made, ct);
            var vectors = made.Select(chunk => new ChunkVector(chunk.Id, Direction(random, dimensions, around, 0.7))).ToList();
            var startedAt = Stopwatch.GetTimestamp();
            await index.ReplaceAsync(document, Space, vectors, ct);
            writing += Stopwatch.GetElapsedTime(startedAt);
            var chosen = vectors[random.Next(ChunksADocument)];
            asked.Add((chosen.Chunk, Direction(random, dimensions, chosen.Vector, 0.5)));
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (first, _) = await AskAsync(index, asked[0].Question, ct);
        var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        var times = new List<double>();
        var found = 0;
        foreach (var (chunk, question) in asked.Take(Questions + WarmUp))
        {
            var (took, best) = await AskAsync(index, question, ct);
            times.Add(took);
            found += best == chunk ? 1 : 0;
        }

        var sorted = times.Skip(WarmUp).Order().ToList();
        return new VectorRun(
            RetrievalRun.Chunks / writing.TotalSeconds, first, megabytes, sorted[sorted.Count / 2], sorted[sorted.Count * 95 / 100], 100.0 * found / times.Count);
    }

    private static async Task<(double Milliseconds, ChunkId? Best)> AskAsync(SqliteVectorIndex index, float[] question, CancellationToken ct)
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
