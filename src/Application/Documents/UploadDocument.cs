using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Behaviors;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using MediatR;

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

internal sealed class UploadDocumentHandler(IDocumentIntake intake, IEnumerable<IValidator<UploadDocument>> validators)
    : IRequestHandler<UploadDocument, Result<Document>>
{
    public async Task<Result<Document>> Handle(UploadDocument request, CancellationToken cancellationToken)
    {
        if (await FindUnknownSchemaAsync(request, cancellationToken) is { } unknownSchema)
        {
            return unknownSchema;
        }

        var received = await intake.ReceiveAsync(request.Content, request.FileName, cancellationToken);
        if (!received.IsSuccess)
        {
            return received.Error;
        }

        var queued = false;
        try
        {
            var whole = await CompleteAsync(request, cancellationToken);
            if (!whole.IsSuccess)
            {
                return whole.Error;
            }

            var terms = new IntakeTerms(whole.Value.Kind, whole.Value.Priority, whole.Value.BudgetUsd, whole.Value.SchemaName, whole.Value.Tags);
            var drafts = await intake.DraftAsync([received.Value], terms, cancellationToken);
            await intake.QueueAsync(drafts, cancellationToken);
            queued = true;
            return drafts[0];
        }
        finally
        {
            if (!queued)
            {
                await intake.DiscardAsync([received.Value]);
            }
        }
    }

    private async Task<Error?> FindUnknownSchemaAsync(UploadDocument request, CancellationToken ct) =>
        request.SchemaName is { } schema && !await intake.KnowsSchemaAsync(schema, ct) ? DocumentErrors.UnknownSchema(schema) : null;

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
}
