using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Idp.Api.Kernel.Problems;

/// <summary>Turns exceptions and bare error statuses into problems, so that no answer of 400 or more is empty.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "This is the last place before the socket; the exception is logged and the client told nothing of it.")]
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            context.Abort();
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, RequestProblems.OfStatus(
                exception.StatusCode, exception.StatusCode == StatusCodes.Status400BadRequest ? exception.Message : null,
                context.Request.Path, ProblemResult.TraceIdOf(context)));
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException && !context.Response.HasStarted)
        {
            logger.StoreFailed(context.Request.Method, RouteOf(context), exception);
            context.Response.Clear();
            await new ProblemResult(RequestProblems.StoreUnavailable()).ExecuteAsync(context);
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            logger.RequestCrashed(context.Request.Method, RouteOf(context), exception);
            await AnswerAsync(context, RequestProblems.Crashed(context.Request.Path, ProblemResult.TraceIdOf(context)));
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
        {
            await AnswerAsync(context, RequestProblems.OfStatus(
                context.Response.StatusCode, null, context.Request.Path, ProblemResult.TraceIdOf(context)));
        }
    }

    private static Task AnswerAsync(HttpContext context, ProblemBody body)
    {
        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        context.Response.Headers.Allow = allow;
        return new ProblemResult(_ => body).ExecuteAsync(context);
    }

    /// <summary>The route's pattern and not the path, which is the caller's to write.</summary>
    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
}
