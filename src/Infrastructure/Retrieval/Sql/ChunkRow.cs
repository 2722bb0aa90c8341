using System.Text.Json;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Infrastructure.Retrieval.Sql;

/// <summary>A chunk as the table holds it: types that both databases have, in the order of <see cref="Select"/>.</summary>
internal sealed record ChunkRow(
    long Number, string Id, string DocumentId, long Ordinal, string FileName, string Headings, string Text, string Places, long Tokens)
{
    /// <summary>Reads whole chunks; a WHERE clause follows.</summary>
    public const string Select = """
        SELECT number AS Number, id AS Id, document_id AS DocumentId, ordinal AS Ordinal, file_name AS FileName, headings AS Headings, text AS Text, places AS Places, tokens AS Tokens
        FROM chunks
        """;

    /// <summary>Those of a document in their order.</summary>
    public const string OfDocument = Select + " WHERE document_id = @Id ORDER BY ordinal";

    /// <summary>Removes those of a document.</summary>
    public const string DeleteOfDocument = "DELETE FROM chunks WHERE document_id = @Id";

    /// <summary>What is stored of a chunk, beside what it is found by.</summary>
    public static ChunkRow Of(IndexedChunk chunk) => new(
        0, chunk.Id.ToString(), chunk.DocumentId.ToString(), chunk.Chunk.Ordinal, Storable(chunk.FileName),
        JsonSerializer.Serialize(chunk.Chunk.Headings, KnowledgeColumnsJson.Default.ValueListString), Storable(chunk.Chunk.Text), PlacesText.Of(chunk.Chunk.Places), chunk.Chunk.Tokens);

    /// <summary>What a chunk is found by; the name of its document counts as a heading.</summary>
    public static PassageTerms TermsOf(IndexedChunk chunk) => PassageTerms.Of(chunk.Chunk.Text, [Path.GetFileNameWithoutExtension(chunk.FileName), .. chunk.Chunk.Headings]);

    /// <summary>The chunk of this row.</summary>
    public IndexedChunk ToChunk() => new(
        StrongId.Parse<ChunkId>(Id), StrongId.Parse<DocumentId>(DocumentId), FileName,
        new Chunk((int)Ordinal, JsonSerializer.Deserialize(Headings, KnowledgeColumnsJson.Default.ValueListString)!, Text, PlacesText.Parse(Places), (int)Tokens));

    /// <summary>PostgreSQL keeps no text with a zero in it; in its place a character of the same length that is no part of a word, so that places stay true.</summary>
    private static string Storable(string text) => text.Replace('\0', ' ');
}

/// <summary>What a candidate is ranked by.</summary>
internal sealed record CandidateRow(long Number, string Words, string Parts, string TitleWords, long Length)
{
    /// <summary>Reads candidates; a WHERE clause follows.</summary>
    public const string Select = "SELECT number AS Number, words AS Words, parts AS Parts, title_words AS TitleWords, length AS Length FROM chunks";

    /// <summary>Ranks candidates as the question wants it, best first; equal ones in the order in which they were added.</summary>
    public static List<(long Number, PassageScore Score)> Rank(IEnumerable<CandidateRow> candidates, SearchQuestion question, CollectionStatistics statistics, int limit)
    {
        var ranking = new PassageRanking(question, statistics);
        return
        [
            .. candidates
                .Select(row => (row.Number, Score: ranking.ScoreOf(new PassageTerms(row.Words, row.Parts, row.TitleWords, (int)row.Length))))
                .Where(static ranked => ranked.Score is not null)
                .Select(static ranked => (ranked.Number, ranked.Score!.Value))
                .OrderByDescending(static ranked => ranked.Value.Score).ThenBy(static ranked => ranked.Number)
                .Take(limit),
        ];
    }
}

/// <summary>How many chunks there are.</summary>
internal sealed record TotalsRow(long Passages, long Terms)
{
    /// <summary>Reads it.</summary>
    public const string Find = "SELECT passages AS Passages, terms AS Terms FROM chunk_totals";

    /// <summary>What ranking needs to know.</summary>
    public CollectionStatistics With(IReadOnlyDictionary<string, long> having) => new(Passages, Passages == 0 ? 1 : (double)Terms / Passages, having);
}
