using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Corrects or approves a field, or takes that back; a document may be reviewed while it runs, because reviews survive runs.</summary>
/// <param name="Id">The document.</param>
/// <param name="Field">The field.</param>
/// <param name="Value">The right value; null leaves the one that is shown.</param>
/// <param name="Approved">True approves; false takes the field's review back; may be absent beside a value.</param>
/// <param name="Note">The person's words; null for none.</param>
public sealed record ReviewField(DocumentId Id, FieldId Field, GivenValue? Value, bool? Approved, string? Note) : IRequest<Result<ReviewedField>>;

internal sealed class ReviewFieldValidator : AbstractValidator<ReviewField>
{
    public ReviewFieldValidator()
    {
        RuleFor(request => request.Id).NotEmpty();
        RuleFor(request => request.Note).MaximumLength(GivenValue.LongestNote);
        RuleFor(request => request.Value).Must(static value => value!.Text.Length <= GivenValue.LongestText && !(value.Key?.Length > GivenValue.LongestText))
            .When(static request => request.Value is not null).WithMessage($"At most {GivenValue.LongestText} characters.");
        RuleFor(request => request.Approved).NotNull()
            .When(static request => request.Value is null).WithMessage("Give a 'value', or say whether the field is 'approved'.");
        RuleFor(request => request.Approved).NotEqual(false)
            .When(static request => request.Value is not null).WithMessage("A value cannot be given and the review taken back at once.");
    }
}

internal sealed class ReviewFieldHandler(
    IDocumentRuns documents, ReviewedResults results, IReviewRepository reviews, SchemaChoice schemas, Actor actor, TimeProvider clock)
    : IRequestHandler<ReviewField, Result<ReviewedField>>
{
    public async Task<Result<ReviewedField>> Handle(ReviewField request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        var current = await results.FindAsync(document, cancellationToken);
        if (current.Result.Find(request.Field) is not ({ } account, { } field))
        {
            return ExtractionErrors.FieldNotFound(request.Field);
        }

        var schema = await schemas.ForAsync(document, document.Kind, cancellationToken);
        var definition = schema.Fields.FirstOrDefault(candidate => candidate.Name == field.Field.Name);
        var wanted = request.Value is { } given
            ? given.Normalize(field.Field.Name, field.Field.Type, definition, field.Field.Key)
            : FieldValue.Of(field.Field);
        if (!wanted.IsSuccess)
        {
            return wanted.Error;
        }

        if (EntryFor(request, account.Account, field, wanted.Value, definition?.Multiple ?? field.Field.Type is FieldType.Pair) is not { } entry)
        {
            return field;
        }

        await reviews.AppendAsync(document.Id, entry, ReviewEvents.Reviewed(document, entry), cancellationToken);
        var after = await results.FindAsync(document, cancellationToken);
        return after.Result.Find(entry.Field)?.Field ?? new ReviewedField(entry.Field, entry.Reading, field.Machine, null);
    }

    /// <summary>The next entry of the trail; null when what is asked for is so already.</summary>
    private FieldReview? EntryFor(ReviewField request, AccountExtraction account, ReviewedField field, FieldValue wanted, bool isMultiple)
    {
        var shown = FieldValue.Of(field.Field);
        var isWithdrawn = request is { Value: null, Approved: false };
        var isSoAlready = isWithdrawn ? field.Review is null : field.Review is not null && wanted == shown && request.Note is null;
        if (isSoAlready)
        {
            return null;
        }

        var isFromMachine = field.Machine is not null || field.Review is { IsFromMachine: true };
        var reading = field.Machine ?? field.Review?.Reading ?? field.Field;
        var value = isWithdrawn ? FieldValue.Of(reading) : wanted;
        var action = isWithdrawn ? ReviewAction.Withdrawn
            : value == FieldValue.Of(reading) || value == shown ? ReviewAction.Approved
            : ReviewAction.Corrected;
        return new FieldReview(
            StrongId.New<ReviewId>(clock),
            field.Id,
            action,
            new ReviewedAccountKey(account.Index, account.AccountNumber),
            isFromMachine || isWithdrawn ? reading : reading with { Value = value.Value, Key = value.Key },
            isFromMachine,
            isMultiple,
            value,
            shown,
            request.Note,
            actor.Name,
            clock.GetUtcNow());
    }
}
