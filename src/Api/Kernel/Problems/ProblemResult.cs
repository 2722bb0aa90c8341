using System.Diagnostics;
using System.Globalization;
using Idp.Api.Kernel.Json;
using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Problems;

/// <summary>Answers with a problem.</summary>
internal sealed class ProblemResult(Func<HttpContext, ProblemBody> make) : IResult
{
    /// <summary>The media type of problems.</summary>
    public const string ContentType = "application/problem+json";

    public ProblemResult(Error error)
        : this(context => error.ToBody(context.Request.Path, TraceIdOf(context)))
    {
    }

    /// <summary>What finds this request in the log.</summary>
    public static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = make(httpContext);
        if (httpContext.GetEndpoint()?.Metadata.GetMetadata<ReportsSuccess>() is not null)
        {
            body = body with { Success = false };
        }

        if (body.RetryAfterS is { } seconds)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        httpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(body, ApiJson.Relaxed.ProblemBody, ContentType, body.Status).ExecuteAsync(httpContext);
    }
}

/// <summary>Marks endpoints whose callers look for <c>success</c> in every answer.</summary>
internal sealed class ReportsSuccess;
