using FluentValidation;
using Idp.Application.Kernel.Ai;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using MediatR;

namespace Idp.Application.Retrieval;

/// <summary>Answers a question from the documents, with citations, or says that they do not hold the answer.</summary>
/// <param name="Question">The question.</param>
/// <param name="TopK">From how many passages, 1 to 20.</param>
/// <param name="Filter">From which documents.</param>
public sealed record AskDocuments(string Question, int TopK, SearchFilter Filter) : IRequest<Result<DocumentsAnswer>>
{
    /// <summary>How passages are found.</summary>
    public SearchMode Mode { get; init; } = SearchMode.Hybrid;
}

/// <summary>The answer.</summary>
/// <param name="Answer">The answer, checked.</param>
/// <param name="Passages">The passages that its citations count.</param>
public sealed record DocumentsAnswer(CitedAnswer Answer, ValueList<IndexedChunk> Passages);

internal sealed class AskDocumentsValidator : AbstractValidator<AskDocuments>
{
    private const int MostPassages = 20;

    public AskDocumentsValidator()
    {
        RuleFor(request => request.Question).NotEmpty().MaximumLength(SearchDocumentsValidator.LongestQuery);
        RuleFor(request => request.TopK).InclusiveBetween(1, MostPassages);
        RuleFor(request => request.Mode).IsInEnum();
        RuleFor(request => request.Filter.Documents.Count).LessThanOrEqualTo(SearchDocumentsValidator.MostDocuments).OverridePropertyName("Filter.Documents");
    }
}

internal sealed class AskDocumentsHandler(PassageSearch passages, ILanguageModel model) : IRequestHandler<AskDocuments, Result<DocumentsAnswer>>
{
    public async Task<Result<DocumentsAnswer>> Handle(AskDocuments request, CancellationToken cancellationToken)
    {
        var context = QuestionCalls.ContextOf("ask", request.Question);
        var searched = await passages.FindAsync(new PassageQuery(request.Question, request.Mode, request.Filter, request.TopK), context, cancellationToken);
        if (!searched.IsSuccess)
        {
            return searched.Error;
        }

        var found = searched.Value.Found;
        while (found.Matches.Count > 0)
        {
            var asked = await model.AskAsync(new AnswerTask(request.Question, found), context, cancellationToken);
            if (asked.IsSuccess)
            {
                return new DocumentsAnswer(
                    CitedAnswer.Check(asked.Value.Value, [.. found.Matches.Select(static match => match.Chunk.Chunk)]), found.Matches.Select(static match => match.Chunk).ToValueList());
            }

            if (asked.Error.Kind != ErrorKind.TooLarge || found.Matches.Count == 1)
            {
                return asked.Error;
            }

            // The best half says more than none.
            found = found with { Matches = found.Matches.Take(found.Matches.Count / 2).ToValueList() };
        }

        return new DocumentsAnswer(CitedAnswer.NotFound, []);
    }
}
