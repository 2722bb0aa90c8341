using Idp.Application.Kernel.Ai;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Retrieval;

/// <summary>What to search for.</summary>
/// <param name="Text">The question as it was asked.</param>
/// <param name="Mode">How.</param>
/// <param name="Filter">Where.</param>
/// <param name="Limit">The most passages, 1 to <see cref="IChunkIndex.MaximumLimit"/>.</param>
public sealed record PassageQuery(string Text, SearchMode Mode, SearchFilter Filter, int Limit);

/// <summary>What was found.</summary>
/// <param name="Mode">How: what was asked for, as far as that is possible.</param>
/// <param name="Question">The question, taken apart.</param>
/// <param name="Found">The passages; a score compares them in this mode, and its coverage is by words in every mode.</param>
public sealed record FoundPassages(SearchMode Mode, SearchQuestion Question, ChunkMatches Found);

/// <summary>Finds passages by their words, by what they mean, or by both.</summary>
public sealed class PassageSearch(IChunkIndex words, IVectorIndex vectors, ILogger<PassageSearch> logger, ITextEmbedding? embedding = null)
{
    /// <summary>So many of each ranking are united at least: a passage that is good in both may be far down in one.</summary>
    private const int FusionDepth = 60;

    /// <summary>Searches.</summary>
    /// <returns>
    /// The passages; <see cref="RetrievalErrors.NothingToSearch"/>; <see cref="RetrievalErrors.NoVectors"/>; or, where only vectors count, why the question has none. Where both count and the
    /// question's vector cannot be made, words alone answer.
    /// </returns>
    public async Task<Result<FoundPassages>> FindAsync(PassageQuery query, CallContext context, CancellationToken ct)
    {
        if (query.Mode == SearchMode.Vector && embedding is null)
        {
            return RetrievalErrors.NoVectors();
        }

        var question = SearchQuestion.Parse(query.Text);
        if (question.IsEmpty)
        {
            return RetrievalErrors.NothingToSearch();
        }

        if (query.Mode == SearchMode.Lexical || embedding is null)
        {
            return new FoundPassages(SearchMode.Lexical, question, await words.SearchAsync(question, query.Filter, query.Limit, ct));
        }

        var depth = Math.Max(query.Limit, FusionDepth);
        var (wordSearch, nearSearch) = (words.SearchAsync(question, query.Filter, depth, ct), FindNearAsync(query, depth, context, embedding, ct));
        await Task.WhenAll(wordSearch, nearSearch);
        var (byWords, near) = (await wordSearch, await nearSearch);
        if (near.IsSuccess)
        {
            var matches = query.Mode == SearchMode.Vector ? ByMeaning(query, question, byWords, near.Value) : ByBoth(query, question, byWords, near.Value);
            return new FoundPassages(query.Mode, question, byWords with { Matches = matches });
        }

        if (query.Mode == SearchMode.Vector)
        {
            return near.Error;
        }

        logger.QuestionNotEmbedded(near.Error.Code);
        return new FoundPassages(SearchMode.Lexical, question, byWords with { Matches = byWords.Matches.Take(query.Limit).ToValueList() });
    }

    private async Task<Result<ValueList<VectorMatch>>> FindNearAsync(PassageQuery query, int depth, CallContext context, ITextEmbedding maker, CancellationToken ct)
    {
        var asked = await maker.EmbedAsync([query.Text], TextRole.Question, context, ct);
        return asked.IsSuccess ? await vectors.SearchAsync(asked.Value[0], maker.Space, query.Filter, depth, ct) : asked.Error;
    }

    private static ValueList<ChunkMatch> ByMeaning(PassageQuery query, SearchQuestion question, ChunkMatches byWords, ValueList<VectorMatch> near)
    {
        var ranking = new PassageRanking(question, byWords.Statistics);
        return near.Take(query.Limit)
            .Select(match => new ChunkMatch(match.Chunk, new PassageScore(match.Similarity, ScoreOf(match.Chunk, ranking)?.Coverage ?? 0))).ToValueList();
    }

    private static ValueList<ChunkMatch> ByBoth(PassageQuery query, SearchQuestion question, ChunkMatches byWords, ValueList<VectorMatch> near)
    {
        var ranking = new PassageRanking(question, byWords.Statistics);
        var known = byWords.Matches.ToDictionary(static match => match.Chunk.Id, static match => match);
        var added = near.Where(match => !known.ContainsKey(match.Chunk.Id)).Select(match => (match.Chunk, Score: ScoreOf(match.Chunk, ranking)))

            // Words in quotes must stand together, whatever else a passage means.
            .Where(match => question.Phrases.Count == 0 || match.Score is not null)
            .ToDictionary(static match => match.Chunk.Id, static match => new ChunkMatch(match.Chunk, match.Score ?? default));
        var byMeaning = near.Select(static match => match.Chunk.Id).Where(id => known.ContainsKey(id) || added.ContainsKey(id)).ToList();
        return RankFusion.Fuse([[.. byWords.Matches.Select(static match => match.Chunk.Id)], byMeaning], query.Limit)
            .Select(fused => (Match: known.GetValueOrDefault(fused.Item) ?? added[fused.Item], fused.Score))
            .Select(static fused => fused.Match with { Score = fused.Match.Score with { Score = fused.Score } }).ToValueList();
    }

    private static PassageScore? ScoreOf(IndexedChunk chunk, PassageRanking ranking) =>
        ranking.ScoreOf(PassageTerms.Of(chunk.Chunk.Text, [Path.GetFileNameWithoutExtension(chunk.FileName), .. chunk.Chunk.Headings]));
}
