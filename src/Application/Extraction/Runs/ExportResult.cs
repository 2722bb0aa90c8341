using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Reads a document's result, with reviews, for a file that is taken away; there must be one.</summary>
/// <param name="Id">The document.</param>
public sealed record ExportResult(DocumentId Id) : IRequest<Result<ExportedResult>>;

/// <summary>A result with what is needed to write it down.</summary>
/// <param name="Result">The result.</param>
/// <param name="Schema">The schema that the document is read by; it has the types of table columns.</param>
public sealed record ExportedResult(DocumentResult Result, ExtractionSchema Schema);

internal sealed class ExportResultValidator : AbstractValidator<ExportResult>
{
    public ExportResultValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class ExportResultHandler(IDocumentRuns documents, ReviewedResults results, SchemaChoice schemas)
    : IRequestHandler<ExportResult, Result<ExportedResult>>
{
    public async Task<Result<ExportedResult>> Handle(ExportResult request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        var current = await results.FindAsync(document, cancellationToken);
        return current.ReadAt is null
            ? ExtractionErrors.ResultNotReady(document.Id, document.CurrentStage, document.Percent)
            : new ExportedResult(
                new DocumentResult(document, current.RunId, current.Result.Shown()) { Reviewed = current.Result, ReadAt = current.ReadAt },
                await schemas.ForAsync(document, document.Kind, cancellationToken));
    }
}
