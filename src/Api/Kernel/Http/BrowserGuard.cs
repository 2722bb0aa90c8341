using System.Net;
using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Problems;

namespace Idp.Api.Kernel.Http;

/// <summary>
/// Lets web pages change things only from this service's own origin and, while there are no API keys, answers only requests that name a loopback host: otherwise any page
/// in the user's browser could reach the service, by a plain form or by a name that points to 127.0.0.1. With keys, such a name brings no cookie along.
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next, AccessKeys keys, ILogger<BrowserGuard> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!keys.AreSet && request.Host.HasValue && !IsLoopback(request.Host.Host))
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

    /// <summary>The origin of a page may be encrypted where the request is not: something in front of the service does TLS then. It must pass on the name of the host.</summary>
    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && (origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || origin.Equals($"https://{request.Host}", StringComparison.OrdinalIgnoreCase));

    /// <summary>What strangers send goes into the log in part and without line breaks.</summary>
    private static string Shorten(string text) => new([.. text.Where(character => !char.IsControl(character)).Take(100)]);
}
