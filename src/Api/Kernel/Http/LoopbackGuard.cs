using System.Net;
using Idp.Api.Kernel.Problems;

namespace Idp.Api.Kernel.Http;

/// <summary>
/// Answers only requests that name a loopback host, and lets web pages change things only from this service's own origin: otherwise any page
/// in the user's browser could reach the service, by a name that points to 127.0.0.1 or by a plain form.
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next, ILogger<LoopbackGuard> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Host.HasValue && !IsLoopback(request.Host.Host))
        {
            logger.HostRefused(Shorten(request.Host.Host));
            await new ProblemResult(_ => RequestProblems.HostRefused(request.Path, ProblemResult.TraceIdOf(context))).ExecuteAsync(context);
        }
        else if (!IsReading(request.Method) && request.Headers.Origin.Count > 0 && !IsOwnOrigin(request))
        {
            logger.OriginRefused(Shorten(request.Headers.Origin.ToString()));
            await new ProblemResult(_ => RequestProblems.OriginRefused(request.Path, ProblemResult.TraceIdOf(context))).ExecuteAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>True for <c>localhost</c> and loopback addresses; a name is never looked up.</summary>
    public static bool IsLoopback(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }

    private static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>What strangers send goes into the log in part and without line breaks.</summary>
    private static string Shorten(string text) => new([.. text.Where(character => !char.IsControl(character)).Take(100)]);
}
