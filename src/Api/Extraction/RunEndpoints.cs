using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Extraction;

/// <summary>The routes of a document's runs.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/v1/documents/{id:document}/runs").WithTags("runs");
        runs.MapGet(string.Empty, ListAsync).Describes<RunListBody>("listRuns", "The runs of a document, newest first.");
        runs.MapGet("{a}/diff/{b}", CompareAsync).Describes<RunDifferenceBody>("compareRuns", "What became of the fields and tables of run `a` in run `b`; without reviews.");
    }

    private static async Task<IResult> ListAsync(DocumentId id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListRuns(id), ct)).ToHttp(static runs => Answers.Json(new RunListBody([.. runs.Select(RunBody.From)]), ApiJson.Relaxed.RunListBody));

    private static async Task<IResult> CompareAsync(DocumentId id, string a, string b, IMediator mediator, CancellationToken ct)
    {
        if (!StrongId.TryParse<RunId>(a, out var from) || !StrongId.TryParse<RunId>(b, out var to))
        {
            return new ProblemResult(ReviewProblems.RunNotFound());
        }

        return (await mediator.Send(new CompareRuns(id, from, to), ct)).ToHttp(difference => Answers.Json(
            RunDifferenceBody.Of(id, from, to, difference), ApiJson.Relaxed.RunDifferenceBody));
    }
}
