using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
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
/// <param name="Result">Accounts, fields and tables.</param>
public sealed record DocumentResult(Document Document, RunId RunId, ExtractionResult Result);

internal sealed class GetResultValidator : AbstractValidator<GetResult>
{
    public GetResultValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetResultHandler(IDocumentRuns documents, IExtractionRepository extraction) : IRequestHandler<GetResult, Result<DocumentResult>>
{
    public async Task<Result<DocumentResult>> Handle(GetResult request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        if (await extraction.FindLatestResultAsync(request.Id, cancellationToken) is { } stored)
        {
            return new DocumentResult(document, stored.RunId, stored.Result);
        }

        var map = await extraction.FindPageMapAsync(request.Id, cancellationToken);
        var accounts = (map?.Map.Accounts ?? [])
            .Select(account => new AccountExtraction(account.Index, account.AccountNumber, account.Pages, [], [])).ToValueList();
        return new DocumentResult(document, document.RunId, new ExtractionResult(accounts));
    }
}
