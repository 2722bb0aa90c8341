using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Removes a document with everything that was derived from it; what it cost stays on the books.</summary>
/// <param name="Id">The document.</param>
public sealed record DeleteDocument(DocumentId Id) : IRequest<Result<Done>>;

internal sealed class DeleteDocumentValidator : AbstractValidator<DeleteDocument>
{
    public DeleteDocumentValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class DeleteDocumentHandler(
    IDocumentRepository documents, IDocumentAccounts accounts, IBlobStore blobs, IOcrEngine ocr, ICallJournal journal, DocumentCancellation cancellation,
    RunningWork running, IEnumerable<IDocumentFollower> followers, IDocumentRecognition? recognition = null)
    : IRequestHandler<DeleteDocument, Result<Done>>
{
    public async Task<Result<Done>> Handle(DeleteDocument request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return DocumentErrors.NotFound(request.Id);
        }

        if (!document.IsTerminal && await cancellation.CancelAsync(document.Id, cancellationToken) is { Error: { Kind: not ErrorKind.Conflict } error })
        {
            return error;
        }

        // The row goes last: after a crash the document is still there to be deleted again, never files that nobody can name.
        await running.CancelAndWaitAsync(document.Id.ToString(), cancellationToken);
        foreach (var follower in followers)
        {
            await follower.ForgetAsync(document.Id, cancellationToken);
        }

        await accounts.DeleteAsync(document.Id, cancellationToken);
        foreach (var folder in DocumentStorage.FoldersOf(document.Id))
        {
            await blobs.DeleteBelowAsync(folder, cancellationToken);
        }

        await ocr.ForgetAsync(document.Hash, cancellationToken);
        await (recognition?.ForgetAsync(document.Hash, cancellationToken) ?? Task.CompletedTask);
        await journal.ForgetAsync(document.Id.ToString(), cancellationToken);
        await documents.DeleteAsync(document.Id, [DocumentEvents.Deleted(document)], cancellationToken);
        return Done.Value;
    }
}
