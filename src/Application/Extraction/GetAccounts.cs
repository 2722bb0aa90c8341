using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Reads which page belongs to which account.</summary>
/// <param name="Id">The document.</param>
public sealed record GetAccounts(DocumentId Id) : IRequest<Result<StoredPageMap>>;

internal sealed class GetAccountsValidator : AbstractValidator<GetAccounts>
{
    public GetAccountsValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetAccountsHandler(IDocumentRuns documents, IExtractionRepository extraction) : IRequestHandler<GetAccounts, Result<StoredPageMap>>
{
    public async Task<Result<StoredPageMap>> Handle(GetAccounts request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        return await extraction.FindPageMapAsync(request.Id, cancellationToken) is { } map
            ? map
            : ExtractionErrors.AccountsNotReady(document.Id, document.CurrentStage, document.Percent);
    }
}
