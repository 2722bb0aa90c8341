using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Research;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Research;

/// <summary>The routes of rubrics.</summary>
internal static class RubricEndpoints
{
    public static void MapRubrics(this IEndpointRouteBuilder routes)
    {
        var rubrics = routes.MapGroup("/v1/rubrics").WithTags("rubrics");
        rubrics.MapGet(string.Empty, ListAsync).Describes<RubricListBody>("listRubrics", "The names of the rubrics.");
        rubrics.MapGet("{name}", GetAsync).Describes<RubricBody>("getRubric", "One rubric.");
        rubrics.MapPut("{name}", PutAsync).Describes<RubricBody>("putRubric", "Stores a rubric under a name.").Accepts<RubricBody>("application/json").Needs(Role.Admin);
    }

    private static async Task<IResult> ListAsync(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListRubrics(), ct)).ToHttp(static names => Answers.Json(new RubricListBody(names), ApiJson.Relaxed.RubricListBody));

    private static async Task<IResult> GetAsync(string name, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetRubric(name), ct)).ToHttp(static rubric => Answers.Json(RubricBody.From(rubric), ApiJson.Relaxed.RubricBody));

    private static async Task<IResult> PutAsync(string name, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        var body = await Answers.ReadAsync(request, ApiJson.Relaxed.RubricBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        var faults = new List<FieldError>();
        var rubric = body.Value.ToRubric(name, faults);
        if (faults.Count > 0)
        {
            return new ProblemResult(RequestProblems.Invalid(faults));
        }

        var saved = await mediator.Send(new SaveRubric(rubric), ct);
        return saved.IsSuccess
            ? Answers.Json(RubricBody.From(saved.Value), ApiJson.Relaxed.RubricBody)
            : new ProblemResult(saved.Error with { Fields = saved.Error.Fields.Select(InBody).ToValueList() });
    }

    /// <summary>The rules name members of the use case; the caller knows those of the body.</summary>
    private static FieldError InBody(FieldError fault) =>
        fault.Field.StartsWith("Rubric.", StringComparison.Ordinal) ? fault with { Field = fault.Field["Rubric.".Length..] } : fault;
}
