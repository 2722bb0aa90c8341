using Idp.Bench.Reporting;

namespace Idp.Bench.Retrieval;

/// <summary>Search by words, and by vectors, in a hundred thousand chunks, and how fast they get into the indexes.</summary>
internal static class RetrievalBench
{
    /// <summary>Runs the bench and prints its tables.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        if (settings.Wants("words"))
        {
            await MeasureWordsAsync(settings, ct);
        }

        if (settings.Wants("vectors in memory"))
        {
            await MeasureVectorsAsync(settings, [384, 1536], static _ => Task.FromResult<IVectorStore>(new SqliteVectorStore()), ct);
        }

        if (settings.Wants("pgvector"))
        {
            await MeasureVectorsAsync(settings, [384], static async token => await PostgresVectorStore.StartAsync(token), ct);
        }
    }

    private static async Task MeasureWordsAsync(BenchSettings settings, CancellationToken ct)
    {
        var runs = new List<RetrievalRun>();
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            runs.Add(await RetrievalRun.MeasureAsync(repeat, ct));
            Console.WriteLine(FormattableString.Invariant(
                $"{repeat}. {runs[^1].ChunksASecond:0} chunks a second, {runs[^1].LongestWrite:0} ms the longest write, questions {runs[^1].Median:0.0} ms, p95 {runs[^1].NinetyFifth:0.0} ms"));
        }

        var table = new Table("chunks", "chunks a second into the index", "longest write of one document (250 chunks), ms", "a question, median, ms", "a question, p95, ms", "the chunk it was made of is among ten, %");
        table.Add(
            FormattableString.Invariant($"{RetrievalRun.Chunks:#,0}"), Of(runs, static run => run.ChunksASecond, "0"), Of(runs, static run => run.LongestWrite, "0"),
            Of(runs, static run => run.Median, "0.0"), Of(runs, static run => run.NinetyFifth, "0.0"), Of(runs, static run => run.Found, "0"));
        Console.WriteLine($"\n{table}");
    }

    private static async Task MeasureVectorsAsync(BenchSettings settings, int[] sizes, Func<CancellationToken, Task<IVectorStore>> start, CancellationToken ct)
    {
        var table = new Table(
            "vectors", "numbers of each", "chunks a second into the table", "index afterwards, s", "first question, ms", "memory of the node, MB", "a question, median, ms", "a question, p95, ms",
            "the chunk it was made of is the first, %");
        foreach (var dimensions in sizes)
        {
            var runs = new List<VectorRun>();
            for (var repeat = 1; repeat <= settings.Repeats; repeat++)
            {
                await using var store = await start(ct);
                runs.Add(await VectorRun.MeasureAsync(store, dimensions, repeat, ct));
                Console.WriteLine(FormattableString.Invariant(
                    $"{repeat}. {dimensions}: {runs[^1].ChunksASecond:0} chunks a second, index {runs[^1].Indexing:0.0} s, first {runs[^1].FirstSearch:0} ms, {runs[^1].Megabytes:0} MB, questions {runs[^1].Median:0.0} ms, p95 {runs[^1].NinetyFifth:0.0} ms"));
            }

            table.Add(
                FormattableString.Invariant($"{RetrievalRun.Chunks:#,0}"), FormattableString.Invariant($"{dimensions}"), Of(runs, static run => run.ChunksASecond, "0"),
                Of(runs, static run => run.Indexing, "0.0"), Of(runs, static run => run.FirstSearch, "0"), Of(runs, static run => run.Megabytes, "0"), Of(runs, static run => run.Median, "0.0"),
                Of(runs, static run => run.NinetyFifth, "0.0"), Of(runs, static run => run.Found, "0"));
        }

        Console.WriteLine($"\n{table}");
    }

    private static string Of<T>(IEnumerable<T> runs, Func<T, double> figure, string format) => new Spread(runs.Select(figure)).Print(format);
}
