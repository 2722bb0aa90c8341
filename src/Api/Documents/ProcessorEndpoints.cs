using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using MediatR;

namespace Idp.Api.Documents;

/// <summary>The routes of the processor.</summary>
internal static class ProcessorEndpoints
{
    public static void MapProcessor(this IEndpointRouteBuilder routes)
    {
        var processor = routes.MapGroup("/v1/processor").WithTags("processor");
        processor.MapGet(string.Empty, GetAsync).Describes<ProcessorBody>("getProcessor", "What this node is doing and what waits.");
        processor.MapPost("restart", RestartAsync)
            .Describes<ProcessorBody>("restartProcessor", "Replaces the processes that read pages; work in hand is not lost.", StatusCodes.Status202Accepted)
            .Needs(Role.Admin);
    }

    private static Task<IResult> GetAsync(IMediator mediator, CancellationToken ct) => StatusAsync(StatusCodes.Status200OK, mediator, ct);

    private static async Task<IResult> RestartAsync(IMediator mediator, CancellationToken ct)
    {
        var restarted = await mediator.Send(new RestartProcessor(), ct);
        return restarted.IsSuccess ? await StatusAsync(StatusCodes.Status202Accepted, mediator, ct) : new Kernel.Problems.ProblemResult(restarted.Error);
    }

    private static async Task<IResult> StatusAsync(int status, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetProcessorStatus(), ct)).ToHttp(current => Answers.Json(ProcessorBody.From(current), ApiJson.Relaxed.ProcessorBody, status));
}
