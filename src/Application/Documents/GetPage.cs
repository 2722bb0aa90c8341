using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Reads one page that is ready.</summary>
/// <param name="Id">The document.</param>
/// <param name="Number">The page, from 1.</param>
/// <param name="Hasten">True moves a document that still waits to the front of its queue.</param>
public sealed record GetPage(DocumentId Id, int Number, bool Hasten = false) : IRequest<Result<Page>>;

internal sealed class GetPageValidator : AbstractValidator<GetPage>
{
    public GetPageValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetPageHandler(IDocumentRepository documents, IPages pages) : IRequestHandler<GetPage, Result<Page>>
{
    public async Task<Result<Page>> Handle(GetPage request, CancellationToken cancellationToken)
    {
        if (request.Number >= 1 && await pages.FindAsync(request.Id, request.Number, cancellationToken) is { } page)
        {
            return page;
        }

        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return DocumentErrors.NotFound(request.Id);
        }

        if (request.Number < 1 || request.Number > (document.TotalPages ?? int.MaxValue))
        {
            return DocumentErrors.PageNotFound(request.Number);
        }

        if (document.Problems.FirstOrDefault(problem => problem.Page == request.Number) is { } problem)
        {
            return problem.Error;
        }

        if (document.IsTerminal)
        {
            return document.Problems.Count > 0 ? document.Problems[0].Error : DocumentErrors.PageNotFound(request.Number);
        }

        if (request.Hasten)
        {
            await documents.HastenAsync(request.Id, cancellationToken);
        }

        return DocumentErrors.PageNotReady(request.Number, document.CurrentStage, document.Percent);
    }
}
