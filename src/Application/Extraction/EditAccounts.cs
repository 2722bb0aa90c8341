using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Replaces the page map by a person's own and extracts again what changed.</summary>
/// <param name="Id">The document; it must not be running.</param>
/// <param name="Accounts">The accounts in the wished order.</param>
/// <param name="ExpectedVersion">The version that the person saw; null overwrites whatever there is.</param>
public sealed record EditAccounts(DocumentId Id, ValueList<EditedAccount> Accounts, long? ExpectedVersion) : IRequest<Result<StoredPageMap>>;

/// <summary>One account as a person wants it.</summary>
/// <param name="AccountNumber">Its number; null for pages without one.</param>
/// <param name="Pages">Its pages, from 1.</param>
public sealed record EditedAccount(string? AccountNumber, ValueList<int> Pages);

internal sealed class EditAccountsValidator : AbstractValidator<EditAccounts>
{
    public EditAccountsValidator()
    {
        RuleFor(request => request.Id).NotEmpty();
        RuleFor(request => request.Accounts).Must(accounts => accounts.Count <= 2000).WithMessage("At most 2000 accounts.");
        RuleForEach(request => request.Accounts).ChildRules(account =>
        {
            account.RuleFor(edited => edited.AccountNumber).MaximumLength(100);
            account.RuleFor(edited => edited.Pages).NotEmpty().Must(pages => pages.All(page => page >= 1)).WithMessage("Pages count from 1.");
        });
    }
}

internal sealed class EditAccountsHandler(IDocumentRuns documents, IExtractionRepository extraction)
    : IRequestHandler<EditAccounts, Result<StoredPageMap>>
{
    public async Task<Result<StoredPageMap>> Handle(EditAccounts request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        if (!document.IsTerminal)
        {
            return DocumentErrors.StillRunning(document.Id);
        }

        if (await extraction.FindPageMapAsync(document.Id, cancellationToken) is not { } current || document.TotalPages is not { } totalPages)
        {
            return ExtractionErrors.AccountsNotReady(document.Id, document.CurrentStage, document.Percent);
        }

        if (request.Accounts.SelectMany(account => account.Pages).Any(page => page > totalPages))
        {
            return ExtractionErrors.PagesOutOfRange(totalPages);
        }

        var map = PageMap.Edited(request.Accounts.Select(account => (account.AccountNumber, account.Pages)), totalPages);
        if (await extraction.SavePageMapAsync(document.Id, map, edited: true, request.ExpectedVersion, cancellationToken) is not { } saved)
        {
            return ExtractionErrors.StaleAccounts(document.Id);
        }

        var started = await documents.StartRunAsync(document.Id, StageNames.LlmExtraction, fresh: false, cancellationToken);
        return started.Match<Result<StoredPageMap>>(_ => saved, error => error);
    }
}
