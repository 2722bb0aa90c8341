using System.Text.Json;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Extraction;

/// <summary>The routes of corrections and approvals.</summary>
internal static class ReviewEndpoints
{
    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        var document = routes.MapGroup("/v1/documents/{id:document}").WithTags("review");
        document.MapPatch("fields/{fieldId}", ReviewAsync)
            .Describes<FieldBody>("reviewField", "Corrects (`value`) or approves (`approved`) a field, or takes that back (`approved` false); it survives later runs and is audited.")
            .Accepts<FieldChangeBody>("application/json");
        document.MapPost("fields", AddAsync)
            .Describes<FieldBody>("addField", "Adds a field that was missed; the same field once more answers 200 with what is there.", StatusCodes.Status201Created)
            .Accepts<NewFieldBody>("application/json");
        document.MapGet("reviews", ListAsync).Describes<ReviewListBody>("listReviews", "Every correction and approval ever made, oldest first.");
    }

    private static async Task<IResult> ReviewAsync(DocumentId id, string fieldId, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        if (!StrongId.TryParse<FieldId>(fieldId, out var field))
        {
            return new ProblemResult(ReviewProblems.FieldNotFound());
        }

        var body = await Answers.ReadAsync(request, ApiJson.Relaxed.FieldChangeBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        var given = Read(body.Value.Value, key: null);
        return given.IsSuccess
            ? (await mediator.Send(new ReviewField(id, field, given.Value.Value, body.Value.Approved, NoteOf(body.Value.Note)), ct)).ToHttp(Print)
            : new ProblemResult(given.Error);
    }

    private static async Task<IResult> AddAsync(DocumentId id, HttpContext context, IMediator mediator, CancellationToken ct)
    {
        var body = await Answers.ReadAsync(context.Request, ApiJson.Relaxed.NewFieldBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        var field = body.Value;
        var given = Read(field.Value, field.Key);
        if (!given.IsSuccess)
        {
            return new ProblemResult(given.Error);
        }

        if (given.Value.Value is not { } value || field.Name is not { } name || (field.Boxes ?? []).Any(static box => box is null))
        {
            return new ProblemResult(RequestProblems.Invalid(new FieldError(
                given.Value.Value is null ? "value" : field.Name is null ? "name" : "boxes", "A field has a 'name' and a 'value', and its boxes are no nulls.")));
        }

        var boxes = (field.Boxes ?? []).Select(static box => new Box(box!.X, box.Y, box.W, box.H)).ToValueList();
        var added = await mediator.Send(new AddField(id, field.AccountIndex ?? 0, name, value, field.Page, boxes, NoteOf(field.Note)), ct);
        return added.ToHttp(answer =>
        {
            context.Response.Headers.Location = $"/v1/documents/{id}/fields/{answer.Field.Id}";
            return Answers.Json(FieldBody.From(answer.Field), ApiJson.Relaxed.FieldBody, answer.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        });
    }

    private static async Task<IResult> ListAsync(DocumentId id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListReviews(id), ct)).ToHttp(static trail => Answers.Json(
            new ReviewListBody([.. trail.Select(ReviewEntryBody.From)]), ApiJson.Relaxed.ReviewListBody));

    private static IResult Print(ReviewedField field) => Answers.Json(FieldBody.From(field), ApiJson.Relaxed.FieldBody);

    private static string? NoteOf(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim();

    /// <summary>Text, a number, or a pair; nothing when the member is absent or null.</summary>
    private static Result<Given> Read(JsonElement value, string? key) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => new Given(null),
        JsonValueKind.String => new Given(new GivenValue(value.GetString()!, key)),
        JsonValueKind.Number => new Given(new GivenValue(value.GetRawText(), key)),
        JsonValueKind.Object when TextOf(value, "value") is { } text => new Given(new GivenValue(text, TextOf(value, "key") ?? key)),
        _ => RequestProblems.Invalid(new FieldError("value", "Must be text, a number, or for a pair {\"key\", \"value\"}.")),
    };

    private static string? TextOf(JsonElement pair, string name) =>
        pair.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.String ? member.GetString() : null;

    private sealed record Given(GivenValue? Value);
}

/// <summary>Expected failures of reviews that are found before any use case is asked.</summary>
internal static class ReviewProblems
{
    /// <summary>Something that is no id of a field.</summary>
    public static Error FieldNotFound() => new(ErrorKind.NotFound, "field.not-found", "The document's result has no such field.");

    /// <summary>Something that is no id of a run.</summary>
    public static Error RunNotFound() => new(ErrorKind.NotFound, "run.not-found", "There is no result of such a run.");
}
