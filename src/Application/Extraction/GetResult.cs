using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Reads what was extracted from a document; while it runs, what is there so far.</summary>
/// <param name="Id">The document.</param>
public sealed record GetResult(DocumentId Id) : IRequest<Result<DocumentResult>>;

/// <summary>What was extracted.</summary>
/// <param name="Document">The document.</param>
/// <param name="RunId">The run that the result is of.</param>
/// <param name="Result">Accounts, fields and tables, with what people corrected.</param>
public sealed record DocumentResult(Document Document, RunId RunId, ExtractionResult Result)
{
    /// <summary>The same with ids and reviews; as a machine read it, unless set.</summary>
    public ReviewedResult Reviewed { get; init; } = ReviewOverlay.Apply(Document.Id, Result, []);

    /// <summary>When the run's result was stored; null while there is none.</summary>
    public DateTimeOffset? ReadAt { get; init; }
}

internal sealed class GetResultValidator : AbstractValidator<GetResult>
{
    public GetResultValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetResultHandler(IDocumentRuns documents, ReviewedResults results) : IRequestHandler<GetResult, Result<DocumentResult>>
{
    public async Task<Result<DocumentResult>> Handle(GetResult request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        var current = await results.FindAsync(document, cancellationToken);
        return new DocumentResult(document, current.RunId, current.Result.Shown()) { Reviewed = current.Result, ReadAt = current.ReadAt };
    }
}
