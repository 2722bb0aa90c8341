using System.Diagnostics;
using System.Text;
using Idp.Application.Documents.Ports;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Documents.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Retrieval.Sqlite;
using Idp.Integration;

namespace Idp.Bench.Retrieval;

/// <summary>Chunks of invented words, as often as words are in texts, through the index of SQLite.</summary>
/// <param name="ChunksASecond">How fast they got into the index.</param>
/// <param name="LongestWrite">The longest transaction, in milliseconds.</param>
/// <param name="Median">Of the questions, in milliseconds.</param>
/// <param name="NinetyFifth">Only one question in twenty took longer, in milliseconds.</param>
/// <param name="Found">Questions whose chunk was among the first ten, in percent.</param>
internal sealed record RetrievalRun(double ChunksASecond, double LongestWrite, double Median, double NinetyFifth, double Found)
{
    /// <summary>How many there are.</summary>
    public const int Chunks = Documents * ChunksADocument;

    private const int Documents = 400;
    private const int ChunksADocument = 250;
    private const int WordsAChunk = 180;
    private const int Vocabulary = 60_000;
    private const int Questions = 300;
    private const int WarmUp = 20;

    private static readonly string[] Syllables = [.. "bdfgklmnprtvwxz".SelectMany(static consonant => "aou".Select(vowel => $"{consonant}{vowel}"))];

    /// <summary>Fills an index and asks it.</summary>
    public static async Task<RetrievalRun> MeasureAsync(int seed, CancellationToken ct)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        using var database = new SqliteDatabase(new DatabaseOptions { ConnectionString = folder.File("idp.db") }, TimeProvider.System);
        using var signal = new WorkSignal(TimeProvider.System);
        var documents = new SqliteDocumentRepository(database, ProcessIdentity.Current(), signal, TimeProvider.System);
        var index = new SqliteChunkIndex(database);
        var (asked, writing, longest) = (new List<(ChunkId Chunk, string Question)>(), TimeSpan.Zero, TimeSpan.Zero);
        for (var number = 0; number < Documents; number++)
        {
            var document = await AddAsync(documents, ct);
            var chunks = Enumerable.Range(0, ChunksADocument).Select(ordinal => ChunkOf(document, ordinal, random)).ToValueList();
            var startedAt = Stopwatch.GetTimestamp();
            await index.ReplaceAsync(document, chunks, ct);
            var took = Stopwatch.GetElapsedTime(startedAt);
            (writing, longest) = (writing + took, took > longest ? took : longest);
            var chosen = chunks[random.Next(ChunksADocument)];
            asked.Add((chosen.Id, QuestionOn(chosen, random)));
        }

        var times = new List<double>();
        var found = 0;
        foreach (var (chunk, question) in asked.Take(Questions + WarmUp))
        {
            var startedAt = Stopwatch.GetTimestamp();
            var answer = await index.SearchAsync(SearchQuestion.Parse(question), SearchFilter.None, 10, ct);
            times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            found += answer.Matches.Any(match => match.Chunk.Id == chunk) ? 1 : 0;
        }

        var sorted = times.Skip(WarmUp).Order().ToList();
        return new RetrievalRun(Chunks / writing.TotalSeconds, longest.TotalMilliseconds, sorted[sorted.Count / 2], sorted[sorted.Count * 95 / 100], 100.0 * found / times.Count);
    }

    /// <summary>A document, of which nothing but its id matters.</summary>
    internal static async Task<DocumentId> AddAsync(IDocumentRepository documents, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        var document = new Document(
            StrongId.New<DocumentId>(TimeProvider.System), StrongId.New<RunId>(TimeProvider.System), "report.pdf", new ContentHash(new string('0', 64)), 1, FileType.Pdf, DocumentKind.Generic,
            DocumentKind.Generic, null, [], Priority.Low, null, DocumentStatus.Queued, [], 0, null, [], null, false, now, now, 0);
        var work = new WorkItem(StrongId.New<WorkItemId>(TimeProvider.System), document.Id.ToString(), StageNames.OcrExtraction, Priority.Low, now, now, 0);
        await documents.AddAsync([new DocumentArrival(document, []) { FirstWork = work }], ct);
        return document.Id;
    }

    private static IndexedChunk ChunkOf(DocumentId document, int ordinal, Random random)
    {
        var text = new StringBuilder();
        for (var word = 0; word < WordsAChunk; word++)
        {
            text.Append(word == 0 ? string.Empty : " ").Append(WordOf(random));
        }

        return new IndexedChunk(StrongId.New<ChunkId>(TimeProvider.System), document, "report.pdf", new Chunk(ordinal, ["Part"], text.ToString(), [], WordsAChunk));
    }

    /// <summary>A word by its rank: one of rank 10 is ten times as rare as the first.</summary>
    private static string WordOf(Random random)
    {
        var text = new StringBuilder();
        for (var rank = (int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary)) + Syllables.Length; rank > 0; rank /= Syllables.Length)
        {
            text.Append(Syllables[rank % Syllables.Length]);
        }

        return text.ToString();
    }

    /// <summary>Some words of a chunk in their order, and a common one.</summary>
    private static string QuestionOn(IndexedChunk chunk, Random random)
    {
        var words = chunk.Chunk.Text.Split(' ');
        return string.Join(' ', Enumerable.Range(0, 5 + random.Next(5)).Select(_ => words[random.Next(words.Length)]).Append(WordOf(random)));
    }
}
