using FluentValidation;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using MediatR;

namespace Idp.Application.Retrieval;

/// <summary>How passages are found.</summary>
public enum SearchMode
{
    /// <summary>By their words.</summary>
    Lexical,

    /// <summary>By what they mean.</summary>
    Vector,

    /// <summary>By both, as far as there are both.</summary>
    Hybrid,
}

/// <summary>Finds the passages of all documents that fit a question best.</summary>
/// <param name="Query">Words; in quotes they must stand together, and a star ends the beginning of a word.</param>
/// <param name="TopK">How many passages, 1 to 100.</param>
/// <param name="Mode">How.</param>
/// <param name="Filter">Where.</param>
public sealed record SearchDocuments(string Query, int TopK, SearchMode Mode, SearchFilter Filter) : IRequest<Result<SearchAnswer>>;

/// <summary>What was found.</summary>
/// <param name="Mode">How it was found.</param>
/// <param name="Hits">Best first.</param>
public sealed record SearchAnswer(SearchMode Mode, ValueList<SearchHit> Hits);

/// <summary>A passage that fits.</summary>
/// <param name="Passage">The passage with its place.</param>
/// <param name="Score">How well it fits.</param>
/// <param name="Highlights">What in it was asked for.</param>
public sealed record SearchHit(IndexedChunk Passage, PassageScore Score, ValueList<Highlight> Highlights);

internal sealed class SearchDocumentsValidator : AbstractValidator<SearchDocuments>
{
    /// <summary>The longest question.</summary>
    internal const int LongestQuery = 2_000;

    internal const int MostDocuments = 500;

    public SearchDocumentsValidator()
    {
        RuleFor(request => request.Query).NotEmpty().MaximumLength(LongestQuery);
        RuleFor(request => request.TopK).InclusiveBetween(1, IChunkIndex.MaximumLimit);
        RuleFor(request => request.Mode).IsInEnum();
        RuleFor(request => request.Filter.Documents.Count).LessThanOrEqualTo(MostDocuments).OverridePropertyName("Filter.Documents");
    }
}

internal sealed class SearchDocumentsHandler(PassageSearch passages) : IRequestHandler<SearchDocuments, Result<SearchAnswer>>
{
    public async Task<Result<SearchAnswer>> Handle(SearchDocuments request, CancellationToken cancellationToken)
    {
        var searched = await passages.FindAsync(
            new PassageQuery(request.Query, request.Mode, request.Filter, request.TopK), QuestionCalls.ContextOf("search", request.Query), cancellationToken);
        return searched.IsSuccess
            ? new SearchAnswer(
                searched.Value.Mode,
                searched.Value.Found.Matches.Select(match => new SearchHit(match.Chunk, match.Score, Highlights.Of(match.Chunk.Chunk, searched.Value.Question))).ToValueList())
            : searched.Error;
    }
}
