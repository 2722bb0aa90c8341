using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Retrieval;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Api.Retrieval;

/// <summary>What is searched for.</summary>
/// <param name="Query">Words; in quotes they must stand together, and a star ends the beginning of a word.</param>
/// <param name="TopK">How many passages, 1 to 100; 10 when absent.</param>
/// <param name="Mode"><c>lexical</c>, <c>vector</c> or <c>hybrid</c>; the best that there is when absent.</param>
/// <param name="Filters">Where; everywhere when absent.</param>
internal sealed record SearchBody(string? Query, int? TopK, string? Mode, SearchFiltersBody? Filters);

/// <summary>What is asked.</summary>
/// <param name="Question">The question.</param>
/// <param name="TopK">From how many passages it is answered, 1 to 20; 8 when absent.</param>
/// <param name="Mode">How passages are found: <c>lexical</c>, <c>vector</c> or <c>hybrid</c>; the best that there is when absent.</param>
/// <param name="Filters">From which documents; from all when absent.</param>
internal sealed record AskBody(string? Question, int? TopK, string? Mode, SearchFiltersBody? Filters);

/// <summary>Which documents are searched; what is absent does not matter.</summary>
/// <param name="DocumentId">Only this one.</param>
/// <param name="DocumentIds">Only these.</param>
/// <param name="Kind">Only of this kind.</param>
/// <param name="BatchId">Only of this batch.</param>
/// <param name="From">Only received at this moment or later; RFC 3339.</param>
/// <param name="To">Only received before this moment; RFC 3339.</param>
internal sealed record SearchFiltersBody(string? DocumentId, IReadOnlyList<string?>? DocumentIds, string? Kind, string? BatchId, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>The filter; null and a problem where something in it cannot be understood.</summary>
    public static SearchFilter? Read(SearchFiltersBody? body, out ProblemResult? problem)
    {
        var reader = new QueryReader();
        var ids = (body?.DocumentIds ?? []).Append(body?.DocumentId).Where(static id => id is not null)
            .Select(id => reader.Id<DocumentId>("filters.document_ids", id, "Must be the ids of documents.")).OfType<DocumentId>().Distinct().ToValueList();
        var kind = reader.Member<DocumentKind>("filters.kind", body?.Kind);
        var batch = reader.Id<BatchId>("filters.batch_id", body?.BatchId, "Must be the id of a batch.");
        problem = reader.Problem;
        return problem is null ? new SearchFilter(ids, kind is { } one ? [one] : [], batch, body?.From, body?.To) : null;
    }
}

/// <summary>What was found.</summary>
/// <param name="Mode">How it was found.</param>
/// <param name="Hits">Best first.</param>
internal sealed record SearchAnswerBody(string Mode, IReadOnlyList<SearchHitBody> Hits)
{
    public static SearchAnswerBody From(SearchAnswer answer) => new(answer.Mode.Print(), [.. answer.Hits.Select(SearchHitBody.From)]);
}

/// <summary>A passage that fits.</summary>
/// <param name="DocumentId">Its document.</param>
/// <param name="ChunkId">The passage.</param>
/// <param name="FileName">The name of its document.</param>
/// <param name="Headings">The headings that it stands under, from the outermost.</param>
/// <param name="Pages">The pages that it stands on.</param>
/// <param name="Text">Its text; tables as Markdown.</param>
/// <param name="Score">How well it fits; comparable within one answer.</param>
/// <param name="Highlights">What in it was asked for.</param>
/// <param name="Boxes">Its printed lines.</param>
internal sealed record SearchHitBody(
    string DocumentId, string ChunkId, string FileName, IReadOnlyList<string> Headings, IReadOnlyList<int> Pages, string Text, double Score,
    IReadOnlyList<HighlightBody> Highlights, IReadOnlyList<PageBoxBody> Boxes)
{
    public static SearchHitBody From(SearchHit hit) => new(
        hit.Passage.DocumentId.ToString(), hit.Passage.Id.ToString(), hit.Passage.FileName, hit.Passage.Chunk.Headings, hit.Passage.Chunk.Pages, hit.Passage.Chunk.Text,
        Math.Round(hit.Score.Score, 4), [.. hit.Highlights.Select(HighlightBody.From)], PageBoxBody.Of(hit.Passage.Chunk.Places));
}

/// <summary>A part of a passage.</summary>
/// <param name="Start">Where it begins in the passage's text, in UTF-16 units.</param>
/// <param name="Length">Its length.</param>
/// <param name="Quote">The part itself.</param>
/// <param name="Boxes">The printed lines that it is in.</param>
internal sealed record HighlightBody(int Start, int Length, string Quote, IReadOnlyList<PageBoxBody> Boxes)
{
    public static HighlightBody From(Highlight highlight) => new(highlight.Start, highlight.Length, highlight.Quote, PageBoxBody.Of(highlight.Places));
}

/// <summary>A rectangle on a page, as fractions of the upright page; the origin is the top left corner.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="W">Width.</param>
/// <param name="H">Height.</param>
internal sealed record PageBoxBody(int Page, double X, double Y, double W, double H)
{
    public static IReadOnlyList<PageBoxBody> Of(IEnumerable<TextPlace> places) =>
    [
        .. places.Select(static place => (place.Page, Box: BoxBody.From(place.Box))).Distinct().Select(static place => new PageBoxBody(place.Page, place.Box.X, place.Box.Y, place.Box.W, place.Box.H)),
    ];
}

/// <summary>An answer.</summary>
/// <param name="Answer">The answer; empty when it was not found.</param>
/// <param name="Found">False when the documents do not hold it.</param>
/// <param name="Sentences">The answer's sentences; those that no cited passage holds are marked.</param>
/// <param name="Citations">What it rests on.</param>
internal sealed record AnswerBody(string Answer, bool Found, IReadOnlyList<AnswerSentenceBody> Sentences, IReadOnlyList<CitationBody> Citations)
{
    public static AnswerBody From(DocumentsAnswer answer) => new(
        answer.Answer.Text, answer.Answer.IsFound,
        [.. answer.Answer.Sentences.Select(static sentence => new AnswerSentenceBody(sentence.Text, sentence.IsSupported))],
        [.. answer.Answer.Citations.Select(citation => CitationBody.From(citation, answer.Passages[citation.Passage]))]);
}

/// <summary>A sentence of an answer.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Supported">True when cited passages hold its figures and most of its words.</param>
internal sealed record AnswerSentenceBody(string Text, bool Supported);

/// <summary>What an answer rests on.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="ChunkId">The passage.</param>
/// <param name="FileName">The name of the document.</param>
/// <param name="Pages">The pages of the quote; those of the passage where the quote is not in it.</param>
/// <param name="Quote">What is cited.</param>
/// <param name="Supported">True when the passage says so, word for word.</param>
/// <param name="Boxes">Where the quote is printed.</param>
internal sealed record CitationBody(
    string DocumentId, string ChunkId, string FileName, IReadOnlyList<int> Pages, string Quote, bool Supported, IReadOnlyList<PageBoxBody> Boxes)
{
    public static CitationBody From(AnswerCitation citation, IndexedChunk passage) => new(
        passage.DocumentId.ToString(), passage.Id.ToString(), passage.FileName,
        citation.Quote.Places.Count > 0 ? [.. citation.Quote.Places.Select(static place => place.Page).Distinct().Order()] : passage.Chunk.Pages,
        citation.Quote.Quote, citation.IsSupported, PageBoxBody.Of(citation.Quote.Places));
}
