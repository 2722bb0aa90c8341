using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Behaviors;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Documents;

/// <summary>Takes a file in: streams it to the store, and queues its first stage.</summary>
/// <param name="Content">The bytes; read once, to the end.</param>
/// <param name="FileName">The name that the sender gave.</param>
/// <param name="Kind">What the sender says it is.</param>
/// <param name="Priority">Null takes the kind's own: loans go first.</param>
/// <param name="BudgetUsd">Spending cap in US dollars; null for none.</param>
/// <param name="SchemaName">A schema other than the kind's own.</param>
/// <param name="Tags">The sender's own marks.</param>
public sealed record UploadDocument(
    Stream Content, string FileName, DocumentKind Kind, Priority? Priority, decimal? BudgetUsd, string? SchemaName, ValueList<string> Tags)
    : IRequest<Result<Document>>
{
    /// <summary>
    /// Asked for the whole request when <see cref="Content"/> is read to its end, because a form may name the kind after the file; null when
    /// nothing follows. The content must stay the same.
    /// </summary>
    public Func<UploadDocument, CancellationToken, Task<Result<UploadDocument>>>? Completion { get; init; }
}

internal sealed class UploadDocumentValidator : AbstractValidator<UploadDocument>
{
    public UploadDocumentValidator()
    {
        RuleFor(request => request.FileName).MaximumLength(1024);
        RuleFor(request => request.Kind).IsInEnum();
        RuleFor(request => request.Priority).IsInEnum();
        RuleFor(request => request.BudgetUsd).InclusiveBetween(0, BudgetOptions.LargestUsd);
        RuleFor(request => request.Tags).Must(tags => tags.Count <= 50).WithMessage("At most 50 tags.");
        RuleForEach(request => request.Tags).NotEmpty().MaximumLength(100);
    }
}

internal sealed class UploadDocumentHandler(
    IDocumentRepository documents, IBlobStore blobs, IDocumentAccounts accounts, ICostLedger ledger, IEnumerable<IValidator<UploadDocument>> validators,
    LimitOptions limits, TimeProvider clock, ILogger<UploadDocumentHandler> logger)
    : IRequestHandler<UploadDocument, Result<Document>>
{
    public async Task<Result<Document>> Handle(UploadDocument request, CancellationToken cancellationToken)
    {
        if (await FindUnknownSchemaAsync(request, cancellationToken) is { } unknownSchema)
        {
            return unknownSchema;
        }

        var id = StrongId.New<DocumentId>(clock);
        var original = DocumentStorage.Original(id);
        await using var upload = new UploadStream(request.Content, limits.MaxUploadBytes);
        var stored = false;
        try
        {
            if (await upload.DetectTypeAsync(cancellationToken) is not { } type)
            {
                return upload.IsEmpty ? DocumentErrors.Empty() : DocumentErrors.UnsupportedType();
            }

            var byteCount = await blobs.WriteAsync(original, upload, cancellationToken);
            var whole = await CompleteAsync(request, cancellationToken);
            if (!whole.IsSuccess)
            {
                return whole.Error;
            }

            var document = await MakeAsync(whole.Value, id, type, upload.Hash(), byteCount, cancellationToken);
            var work = new WorkItem(
                StrongId.New<WorkItemId>(clock), id.ToString(), document.CurrentStage, document.Priority, document.CreatedAt, document.CreatedAt, 0);
            if (Money.CapOf(document.BudgetUsd) is { } cap)
            {
                // Before the document is there for a worker to take: nothing is ever paid for it without its cap. After a crash in between, a cap is left of
                // a document that never was.
                await ledger.EnsureCapAsync(BudgetScope.Of(id.ToString()), cap, cancellationToken);
            }

            await documents.AddAsync(document, work, [DocumentEvents.Queued(document)], cancellationToken);
            stored = true;
            logger.DocumentReceived(id, type, byteCount);
            DocumentTelemetry.CountReceived(document);
            return document;
        }
        catch (UploadTooLargeException)
        {
            return DocumentErrors.TooLarge(limits.MaxUploadBytes);
        }
        finally
        {
            if (!stored)
            {
                await blobs.DeleteAsync(original, CancellationToken.None);
            }
        }
    }

    private async Task<Error?> FindUnknownSchemaAsync(UploadDocument request, CancellationToken ct) =>
        request.SchemaName is { } schema && !await accounts.KnowsSchemaAsync(schema, ct) ? DocumentErrors.UnknownSchema(schema) : null;

    /// <summary>The request with what came after the content, under the same rules as what came before it.</summary>
    private async Task<Result<UploadDocument>> CompleteAsync(UploadDocument request, CancellationToken ct)
    {
        if (request.Completion is not { } complete)
        {
            return request;
        }

        var whole = await complete(request, ct);
        if (!whole.IsSuccess)
        {
            return whole;
        }

        var error = await RequestValidation.FindErrorAsync(validators, whole.Value, ct) ?? await FindUnknownSchemaAsync(whole.Value, ct);
        return error is null ? whole : error;
    }

    private async Task<Document> MakeAsync(
        UploadDocument request, DocumentId id, FileType type, ContentHash hash, long byteCount, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var twin = await documents.FindTwinAsync(hash, request.Kind, request.SchemaName, ct);
        var priority = request.Priority ?? (request.Kind == DocumentKind.Loan ? Domain.Kernel.Work.Priority.High : Domain.Kernel.Work.Priority.Normal);
        return new Document(
            id, StrongId.New<RunId>(clock), request.FileName, hash, byteCount, type, request.Kind, request.Kind, request.SchemaName, request.Tags,
            priority, request.BudgetUsd, DocumentStatus.Queued, DocumentPipeline.Fresh(), 0, null, [], twin, false, now, now, 0);
    }
}
