using System.Text;
using Idp.Api.Kernel;
using Idp.Application.Documents.Contracts;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Text;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary><c>retrieval</c>: puts passages into the index of the service, asks it the questions of their set, and does the same with plain BM25.</summary>
internal static class RetrievalEvaluation
{
    /// <summary>The name of the folder with the sets.</summary>
    public const string SetName = "retrieval";

    private const int Considered = 10;
    private const int Digits = 4;

    /// <summary>Measures every set below a folder, each in a store of its own.</summary>
    /// <param name="folder">The folder with the sets.</param>
    /// <param name="settingsIn">The settings of a service whose store is in a folder.</param>
    /// <param name="storage">Where stores may be.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<GroupReport>> RunAsync(string folder, Func<string, Dictionary<string, string?>> settingsIn, string storage, CancellationToken ct)
    {
        var reports = new List<GroupReport>();
        foreach (var set in RetrievalSet.FoldersIn(folder))
        {
            await using var services = LocalSession.BuildServices(settingsIn(Path.Combine(storage, Path.GetFileName(set))));
            await Startup.PrepareAsync(services, ct);
            reports.Add(await MeasureAsync(await RetrievalSet.ReadAsync(set, ct), services, ct));
        }

        return reports;
    }

    private static async Task<GroupReport> MeasureAsync(RetrievalSet set, ServiceProvider services, CancellationToken ct)
    {
        var (index, clock) = (services.GetRequiredService<IChunkIndex>(), services.GetRequiredService<TimeProvider>());
        IReadOnlyDictionary<string, double?> byMeaning = new Dictionary<string, double?>(StringComparer.Ordinal);
        var whole = await MeasureIndexAsync(
            set, index, await AddDocumentAsync(set, services, ct), static passage => [Whole(passage)], clock,
            async (document, passages) => byMeaning = await RetrievalByMeaning.MeasureAsync(set, document, passages, services, ct), ct);
        var divided = await MeasureIndexAsync(set, index, await AddDocumentAsync(set, services, ct), Divided, clock, static (_, _) => Task.CompletedTask, ct);
        return new GroupReport(
            SetName, set.Name, set.Passages.Count, 0, 0, null,
            new Dictionary<string, double?>(byMeaning, StringComparer.Ordinal)
            {
                ["questions"] = set.Questions.Count,
                ["ndcg_at_10"] = Round(whole.Tally.Ndcg),
                ["ndcg_at_10_of_chunks"] = Round(divided.Tally.Ndcg),
                ["ndcg_at_10_plain_bm25"] = Round(MeasurePlain(set, WordsOf).Ndcg),
                ["ndcg_at_10_plain_bm25_over_stems"] = Round(MeasurePlain(set, StemsOf).Ndcg),
                ["recall_at_10"] = Round(whole.Tally.Recall),
                ["milliseconds_a_question"] = Round(whole.MillisecondsAQuestion),
            },
            new Dictionary<string, double>(StringComparer.Ordinal));
    }

    private static async Task<(RetrievalTally Tally, double MillisecondsAQuestion)> MeasureIndexAsync(
        RetrievalSet set, IChunkIndex index, DocumentId document, Func<JudgedPassage, IEnumerable<Chunk>> divide, TimeProvider clock,
        Func<DocumentId, IReadOnlyDictionary<ChunkId, string>, Task> whileIndexed, CancellationToken ct)
    {
        var chunks = new List<IndexedChunk>();
        var passages = new Dictionary<ChunkId, string>();
        foreach (var (passage, chunk) in set.Passages.SelectMany(passage => divide(passage).Select(chunk => (passage, chunk))))
        {
            var id = StrongId.New<ChunkId>(clock);
            passages[id] = passage.Id;
            chunks.Add(new IndexedChunk(id, document, string.Empty, chunk with { Ordinal = chunks.Count }));
        }

        await index.ReplaceAsync(document, chunks.ToValueList(), ct);
        var tally = new RetrievalTally();
        var startedAt = clock.GetTimestamp();
        foreach (var question in set.Questions)
        {
            var parsed = SearchQuestion.Parse(question.Text);
            var found = parsed.IsEmpty ? [] : (await index.SearchAsync(parsed, SearchFilter.None, Considered * 5, ct)).Matches;
            tally.Add(found.Select(match => passages[match.Chunk.Id]).Distinct(StringComparer.Ordinal), question.Relevant);
        }

        var elapsed = clock.GetElapsedTime(startedAt).TotalMilliseconds;
        await whileIndexed(document, passages);
        await index.RemoveAsync(document, ct);
        return (tally, set.Questions.Count == 0 ? 0 : elapsed / set.Questions.Count);
    }

    private static RetrievalTally MeasurePlain(RetrievalSet set, Func<string, IEnumerable<string>> termsOf)
    {
        var plain = new PlainBm25(set.Passages.Select(passage => termsOf($"{passage.Title} {passage.Text}")));
        var tally = new RetrievalTally();
        foreach (var question in set.Questions)
        {
            tally.Add(plain.Best(termsOf(question.Text), Considered).Select(place => set.Passages[place].Id), question.Relevant);
        }

        return tally;
    }

    /// <summary>The document that the chunks belong to; nothing else is done with it.</summary>
    private static async Task<DocumentId> AddDocumentAsync(RetrievalSet set, ServiceProvider services, CancellationToken ct)
    {
        var intake = services.GetRequiredService<IDocumentIntake>();
        var file = new ReceivedFile(StrongId.New<DocumentId>(services.GetRequiredService<TimeProvider>()), set.Name, FileType.Pdf, new ContentHash(set.Name), 0);
        var drafts = await intake.DraftAsync([file], new IntakeTerms(DocumentKind.Generic, Priority.Low, null, null, []), ct);
        await intake.QueueAsync(drafts, ct);
        return drafts[0].Id;
    }

    private static Chunk Whole(JudgedPassage passage) => new(0, TitleOf(passage), passage.Text, [], TokenCount.Estimate(passage.Text));

    /// <summary>The chunks that the passage would make as a document.</summary>
    private static IEnumerable<Chunk> Divided(JudgedPassage passage)
    {
        var blocks = TextSentences.Paragraphs(passage.Text).Select(paragraph => TextBlock.Of(BlockKind.Paragraph, 0, paragraph.In(passage.Text))).ToValueList();
        return Chunker.Divide([new CleanedPage(1, blocks)], ChunkSettings.Default).Select(chunk => chunk with { Headings = TitleOf(passage) });
    }

    private static ValueList<string> TitleOf(JudgedPassage passage) => passage.Title.Length == 0 ? [] : [passage.Title];

    private static IEnumerable<string> WordsOf(string text)
    {
        var word = new StringBuilder();
        foreach (var character in text + " ")
        {
            if (char.IsLetterOrDigit(character))
            {
                word.Append(char.ToLowerInvariant(character));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }

    private static IEnumerable<string> StemsOf(string text) => TextWords.TermsOf(text).Where(static term => !TextWords.IsStopTerm(term));

    private static double? Round(double? value) => value is { } known ? Math.Round(known, Digits) : null;
}
