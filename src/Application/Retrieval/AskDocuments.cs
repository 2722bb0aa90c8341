using FluentValidation;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using MediatR;

namespace Idp.Application.Retrieval;

/// <summary>Answers a question from the documents, with citations, or says that they do not hold the answer.</summary>
/// <param name="Question">The question.</param>
/// <param name="TopK">From how many passages, 1 to 20.</param>
/// <param name="Filter">From which documents.</param>
public sealed record AskDocuments(string Question, int TopK, SearchFilter Filter) : IRequest<Result<DocumentsAnswer>>;

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
        RuleFor(request => request.Filter.Documents.Count).LessThanOrEqualTo(SearchDocumentsValidator.MostDocuments).OverridePropertyName("Filter.Documents");
    }
}

internal sealed class AskDocumentsHandler(IChunkIndex index, ILanguageModel model) : IRequestHandler<AskDocuments, Result<DocumentsAnswer>>
{
    public async Task<Result<DocumentsAnswer>> Handle(AskDocuments request, CancellationToken cancellationToken)
    {
        var question = SearchQuestion.Parse(request.Question);
        if (question.IsEmpty)
        {
            return RetrievalErrors.NothingToSearch();
        }

        var found = await index.SearchAsync(question, request.Filter, request.TopK, cancellationToken);
        while (found.Matches.Count > 0)
        {
            var asked = await model.AskAsync(new AnswerTask(request.Question, found), ContextOf(request), cancellationToken);
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

    /// <summary>Questions are nobody's document; equal ones share a place on the books. Someone waits for the answer.</summary>
    private static CallContext ContextOf(AskDocuments request) => new($"ask_{Fingerprint.Of(("question", request.Question)).Value[..32]}", Priority.High, []);
}
