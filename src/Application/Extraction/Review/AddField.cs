using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Adds a field that no machine found.</summary>
/// <param name="Id">The document.</param>
/// <param name="AccountIndex">The account's place, from 0.</param>
/// <param name="Name">The field's name in the schema.</param>
/// <param name="Value">Its value.</param>
/// <param name="Page">The page where it stands, from 1; null when it stands nowhere.</param>
/// <param name="Boxes">Where on the page.</param>
/// <param name="Note">The person's words; null for none.</param>
public sealed record AddField(DocumentId Id, int AccountIndex, string Name, GivenValue Value, int? Page, ValueList<Box> Boxes, string? Note)
    : IRequest<Result<AddedField>>;

/// <summary>A field that a person added.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsNew">False when a person had added the same before.</param>
public sealed record AddedField(ReviewedField Field, bool IsNew);

internal sealed class AddFieldValidator : AbstractValidator<AddField>
{
    private const int MostBoxes = 50;

    public AddFieldValidator()
    {
        RuleFor(request => request.Id).NotEmpty();
        RuleFor(request => request.Name).NotEmpty().MaximumLength(100);
        RuleFor(request => request.Note).MaximumLength(GivenValue.LongestNote);
        RuleFor(request => request.Value).Must(static value => value.Text.Length <= GivenValue.LongestText && !(value.Key?.Length > GivenValue.LongestText))
            .WithMessage($"At most {GivenValue.LongestText} characters.");
        RuleFor(request => request.Page).GreaterThan(0).When(static request => request.Page is not null);
        RuleFor(request => request.Page).NotNull().When(static request => request.Boxes.Count > 0).WithMessage("Boxes need their page.");
        RuleFor(request => request.Boxes).Must(static boxes => boxes.Count <= MostBoxes && boxes.All(IsOnPage))
            .WithMessage($"At most {MostBoxes} boxes, as fractions of the page: x, y, w, h from 0 to 1.");
    }

    private static bool IsOnPage(Box box) => box is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0, Right: <= 1.000001, Bottom: <= 1.000001 };
}

internal sealed class AddFieldHandler(
    IDocumentRuns documents, ReviewedResults results, IReviewRepository reviews, SchemaChoice schemas, Actor actor, TimeProvider clock)
    : IRequestHandler<AddField, Result<AddedField>>
{
    public async Task<Result<AddedField>> Handle(AddField request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        if (request.Page > document.TotalPages)
        {
            return DocumentErrors.PageNotFound(request.Page.Value);
        }

        var current = await results.FindAsync(document, cancellationToken);
        if (current.Result.Accounts.FirstOrDefault(candidate => candidate.Account.Index == request.AccountIndex) is not { } account)
        {
            return ExtractionErrors.AccountNotFound(request.AccountIndex);
        }

        var schema = await schemas.ForAsync(document, document.Kind, cancellationToken);
        if (schema.Fields.FirstOrDefault(candidate => candidate.Name == request.Name) is not { } definition)
        {
            return ExtractionErrors.FieldNameUnknown(schema.Name);
        }

        var value = request.Value.Normalize(definition.Name, definition.Type, definition, knownKey: null);
        if (!value.IsSuccess)
        {
            return value.Error;
        }

        var ofName = account.Fields.Where(field => field.Field.Name == definition.Name).ToList();
        if (ofName.Find(field => field.Review is { IsFromMachine: false } && FieldValue.Of(field.Field) == value.Value) is { } same)
        {
            return new AddedField(same, IsNew: false);
        }

        if (!definition.Multiple && ofName.Count > 0)
        {
            return ExtractionErrors.FieldExists(ofName[0].Id);
        }

        var entry = EntryFor(request, account.Account, definition, value.Value, await FreeIdAsync(request, current, cancellationToken));
        await reviews.AppendAsync(document.Id, entry, ReviewEvents.Reviewed(document, entry), cancellationToken);
        var after = await results.FindAsync(document, cancellationToken);
        return after.Result.Find(entry.Field) is ({ }, { } added) ? new AddedField(added, IsNew: true) : ExtractionErrors.FieldNotFound(entry.Field);
    }

    /// <summary>An id that no field has and none ever had, so that the trail of each field is its own.</summary>
    private async Task<FieldId> FreeIdAsync(AddField request, CurrentResult current, CancellationToken ct)
    {
        var taken = (await reviews.ListAsync(request.Id, ct)).Select(static entry => entry.Field)
            .Concat(current.Result.Accounts.SelectMany(static account => account.Fields).Select(static field => field.Id)).ToHashSet();
        return Enumerable.Range(0, int.MaxValue).Select(ordinal => FieldId.Of(request.Id, request.AccountIndex, request.Name, ordinal)).First(id => !taken.Contains(id));
    }

    private FieldReview EntryFor(AddField request, AccountExtraction account, FieldDefinition definition, FieldValue value, FieldId id)
    {
        var printed = ValueNormalizer.Normalize(FieldType.Text, request.Value.Text) ?? value.Value;
        ValueList<Evidence> evidence = request.Page is { } page ? [new Evidence(page, printed, request.Boxes)] : [];
        var reading = new ExtractedField(
            definition.Name, definition.Type, value.Value, printed, Confidence.Full, evidence.Count > 0 ? FieldStatus.Supported : FieldStatus.Unsupported, evidence, [],
            value.Key);
        return new FieldReview(
            StrongId.New<ReviewId>(clock), id, ReviewAction.Added, new ReviewedAccountKey(account.Index, account.AccountNumber), reading, IsFromMachine: false,
            definition.Multiple, value, PreviousValue: null, request.Note, actor.Name, clock.GetUtcNow());
    }
}
