using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Reads what was extracted from one page.</summary>
/// <param name="Id">The document.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="AccountIndex">Only for this account, from 0; null for whichever the page belongs to first.</param>
public sealed record GetPageFields(DocumentId Id, int Page, int? AccountIndex) : IRequest<Result<PageFields>>;

/// <summary>What was extracted from one page.</summary>
/// <param name="Document">The document.</param>
/// <param name="AccountNumber">The account that the page belongs to; null when to none.</param>
/// <param name="Fields">Fields with evidence on the page; empty while nothing is extracted.</param>
/// <param name="ExtractedAt">When; null while the extraction is still to come.</param>
public sealed record PageFields(Document Document, string? AccountNumber, ValueList<ExtractedField> Fields, DateTimeOffset? ExtractedAt);

internal sealed class GetPageFieldsValidator : AbstractValidator<GetPageFields>
{
    public GetPageFieldsValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetPageFieldsHandler(IDocumentRuns documents, ReviewedResults results)
    : IRequestHandler<GetPageFields, Result<PageFields>>
{
    public async Task<Result<PageFields>> Handle(GetPageFields request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        if (request.Page < 1 || (document.TotalPages is { } total && request.Page > total))
        {
            return DocumentErrors.PageNotFound(request.Page);
        }

        var current = await results.FindAsync(document, cancellationToken);
        if (current.ReadAt is not { } readAt || current.RunId != document.RunId)
        {
            return document.IsTerminal && document.TotalPages is null
                ? DocumentErrors.PageNotFound(request.Page)
                : new PageFields(document, null, [], null);
        }

        var accounts = current.Result.Shown().Accounts;
        if (request.AccountIndex is { } index && (index < 0 || index >= accounts.Count))
        {
            return ExtractionErrors.AccountNotFound(index);
        }

        var account = request.AccountIndex is { } wanted
            ? accounts[wanted]
            : accounts.FirstOrDefault(candidate => candidate.Pages.Contains(request.Page));
        var fields = (account?.Fields ?? []).Where(field => field.Evidence.Any(evidence => evidence.Page == request.Page)).ToValueList();
        return new PageFields(document, account?.AccountNumber, fields, readAt);
    }
}
