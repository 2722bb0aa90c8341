using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Extraction;

/// <summary>The routes of schemas.</summary>
internal static class SchemaEndpoints
{
    public static void MapSchemas(this IEndpointRouteBuilder routes)
    {
        var schemas = routes.MapGroup("/v1/schemas").WithTags("schemas");
        schemas.MapGet(string.Empty, ListAsync).Describes<SchemaListBody>("listSchemas", "The names of the schemas.");
        schemas.MapGet("{name}", GetAsync).Describes<SchemaBody>("getSchema", "One schema.");
        schemas.MapPut("{name}", PutAsync).Describes<SchemaBody>("putSchema", "Stores a schema under a name.").Accepts<SchemaBody>("application/json").Needs(Role.Admin);
    }

    private static async Task<IResult> ListAsync(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListSchemas(), ct)).ToHttp(static names => Answers.Json(new SchemaListBody(names), ApiJson.Relaxed.SchemaListBody));

    private static async Task<IResult> GetAsync(string name, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetSchema(name), ct)).ToHttp(static schema => Answers.Json(SchemaBody.From(schema), ApiJson.Relaxed.SchemaBody));

    private static async Task<IResult> PutAsync(string name, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        var body = await Answers.ReadAsync(request, ApiJson.Relaxed.SchemaBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        var faults = new List<FieldError>();
        var schema = body.Value.ToSchema(name, faults);
        if (faults.Count > 0)
        {
            return new ProblemResult(RequestProblems.Invalid(faults));
        }

        var saved = await mediator.Send(new SaveSchema(schema), ct);
        return saved.IsSuccess
            ? Answers.Json(SchemaBody.From(saved.Value), ApiJson.Relaxed.SchemaBody)
            : new ProblemResult(saved.Error with { Fields = saved.Error.Fields.Select(InBody).ToValueList() });
    }

    /// <summary>The rules name members of the use case; the caller knows those of the body.</summary>
    private static FieldError InBody(FieldError fault) =>
        fault.Field.StartsWith("Schema.", StringComparison.Ordinal) ? fault with { Field = fault.Field["Schema.".Length..] } : fault;
}
