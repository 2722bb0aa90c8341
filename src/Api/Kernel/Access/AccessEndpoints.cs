using System.Net;
using System.Security.Claims;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Idp.Api.Kernel.Access;

/// <summary>The routes by which browsers sign in and out, and callers get tickets.</summary>
internal static class AccessEndpoints
{
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/v1/session").WithTags("access");
        session.MapGet(string.Empty, Get).Describes<SessionBody>("getSession", "Who the caller is.");
        session.MapPost(string.Empty, StartAsync)
            .Describes<SessionBody>("startSession", "Signs a browser in: takes an API key once and sets a session cookie.")
            .Accepts<SessionStartBody>("application/json")
            .AllowAnonymous();
        session.MapDelete(string.Empty, End)
            .Describes("endSession", "Signs the browser out.", body: null, contentType: null, StatusCodes.Status204NoContent)
            .AllowAnonymous();
        routes.MapPost("/v1/tickets", IssueTicket).WithTags("access")
            .Describes<TicketBody>("issueTicket", "A short-lived ticket that opens event streams (`?ticket=`), for an EventSource without a cookie.")
            .Needs(Role.Viewer);
    }

    private static IResult Get(ClaimsPrincipal user, HttpResponse response)
    {
        var caller = CallerIdentity.Of(user);
        return Answer(response, caller.Key, caller.ExpiresAt);
    }

    private static async Task<IResult> StartAsync(HttpContext context, AccessKeys keys, AccessPasses passes, ILogger<SessionBody> logger, CancellationToken ct)
    {
        var body = await Answers.ReadAsync(context.Request, ApiJson.Relaxed.SessionStartBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        if (keys.Find(body.Value.Key?.Trim() ?? string.Empty) is not { } key)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            logger.KeyRefused(context.Connection.RemoteIpAddress ?? IPAddress.None);
            return new ProblemResult(refused => RequestProblems.KeyUnknown(refused.Request.Path, ProblemResult.TraceIdOf(refused)));
        }

        var pass = passes.Issue(key, PassPurpose.Session);
        SessionCookie.Append(context, pass);
        return Answer(context.Response, key, pass.ExpiresAt);
    }

    private static NoContent End(HttpContext context)
    {
        SessionCookie.Delete(context);
        return TypedResults.NoContent();
    }

    private static IResult IssueTicket(ClaimsPrincipal user, HttpResponse response, AccessPasses passes)
    {
        var pass = passes.Issue(CallerIdentity.Of(user).Key, PassPurpose.Ticket);
        response.Headers.CacheControl = "no-store";
        return Answers.Json(new TicketBody(pass.Text, pass.ExpiresAt.Print()), ApiJson.Relaxed.TicketBody);
    }

    private static IResult Answer(HttpResponse response, AccessKey key, DateTimeOffset? expiresAt)
    {
        response.Headers.CacheControl = "no-store";
        return Answers.Json(SessionBody.Of(key, expiresAt), ApiJson.Relaxed.SessionBody);
    }
}
