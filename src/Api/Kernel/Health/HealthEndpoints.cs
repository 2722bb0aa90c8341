using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using MediatR;

namespace Idp.Api.Kernel.Health;

/// <summary>How the service is.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Checks">What was tried; empty for liveness.</param>
internal sealed record HealthBody(string Status, IReadOnlyList<HealthCheckBody> Checks);

/// <summary>One thing that was tried.</summary>
/// <param name="Name">E.g. <c>database</c>.</param>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>; the log says why.</param>
internal sealed record HealthCheckBody(string Name, string Status);

/// <summary>The routes that load balancers and supervisors ask.</summary>
internal static class HealthEndpoints
{
    private const string Ok = "ok";
    private const string Unavailable = "unavailable";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("health").AllowAnonymous();
        health.MapGet("live", static () => Answers.Json(new HealthBody(Ok, []), ApiJson.Relaxed.HealthBody))
            .Describes<HealthBody>("isLive", "The process answers.");
        health.MapGet("ready", ReadyAsync).Describes<HealthBody>("isReady", "Database, queue, storage and tools can be used; 503 when not.");
    }

    private static async Task<IResult> ReadyAsync(IMediator mediator, RequiredTools tools, ILogger<HealthBody> logger, CancellationToken ct)
    {
        var stores = await mediator.Send(new CheckStores(), ct);
        var checks = stores.Match(
            found => found.Select(static check => (check.Name, check.Fault)),
            error => [("stores", error.Message)]).ToList();
        checks.Add(("tools", tools.Missing.Count == 0 ? null : string.Join(", ", tools.Missing.Select(static tool => tool.Name))));
        foreach (var (name, fault) in checks.Where(static check => check.Fault is not null))
        {
            logger.NotReady(name, fault!);
        }

        var isReady = checks.TrueForAll(static check => check.Fault is null);
        var body = new HealthBody(
            isReady ? Ok : Unavailable,
            [.. checks.Select(static check => new HealthCheckBody(check.Name, check.Fault is null ? Ok : Unavailable))]);
        return Answers.Json(body, ApiJson.Relaxed.HealthBody, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
