using Idp.Api.Kernel.Problems;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Microsoft.AspNetCore.Http.Features;

namespace Idp.Api.Kernel.Events;

/// <summary>Answers with a stream of Server-Sent Events.</summary>
/// <param name="topic">What it is about.</param>
/// <param name="lastEventId">The header <c>Last-Event-ID</c>.</param>
/// <param name="after">The parameter <c>after</c>.</param>
/// <remarks>
/// Without a bookmark the stream begins with a <c>snapshot</c> and goes on with what follows it; with one it begins there. It ends with <c>done</c> when the topic rests
/// and everything about it was sent, and without it when the service stops: the client then reconnects, and goes on where it was.
/// </remarks>
internal sealed class EventStream(IEventTopic topic, string? lastEventId, string? after) : IResult
{
    /// <summary>The media type of the stream.</summary>
    public const string ContentType = "text/event-stream";

    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var feed = services.GetRequiredService<EventFeed>();
        var start = await StartAsync(feed, httpContext.RequestAborted);
        if (!start.IsSuccess)
        {
            await new ProblemResult(start.Error).ExecuteAsync(httpContext);
            return;
        }

        Prepare(httpContext);
        using var listener = feed.Listen(topic.Subject, start.Value.From);
        var heartbeat = new Heartbeat(services.GetRequiredService<EventStreamOptions>().Heartbeat, services.GetRequiredService<TimeProvider>());
        var writer = new EventWriter(httpContext.Response.BodyWriter);
        try
        {
            await RunAsync(start.Value, listener, heartbeat, writer, either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !httpContext.RequestAborted.IsCancellationRequested)
        {
            // The stream ends here for now. Who does not read what was sent to them must not hold up the end of the service.
            if (writer.IsSending)
            {
                httpContext.Abort();
            }
        }
    }

    private async Task RunAsync(Start start, EventListener listener, Heartbeat heartbeat, EventWriter writer, CancellationToken ct)
    {
        writer.WriteRetry(RetryWait);
        if (start.Snapshot is not null)
        {
            writer.WriteEvent(start.From, "snapshot", start.Snapshot);
        }

        await writer.FlushAsync(ct);
        var restsIn = start.RestsIn;
        while (true)
        {
            var page = await listener.NextAsync(restsIn is null ? heartbeat.Due : TimeSpan.Zero, ct);
            if (page.Count == 0 && restsIn is not null)
            {
                writer.WriteEvent(id: null, "done", topic.DoneData(restsIn));
                await writer.FlushAsync(ct);
                return;
            }

            foreach (var logged in page)
            {
                writer.WriteEvent(logged.Sequence, logged.Name, logged.Data);
                restsIn = topic.RestsAfter(logged, restsIn);
            }

            if (heartbeat.TryBeat())
            {
                writer.WriteHeartbeat();
            }

            await writer.FlushAsync(ct);
        }
    }

    private static void Prepare(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    private async Task<Result<Start>> StartAsync(EventFeed feed, CancellationToken ct)
    {
        var bookmark = EventBookmark.Read(lastEventId, after);
        if (!bookmark.IsSuccess)
        {
            return bookmark.Error;
        }

        // The end of the log before the state: what happens between the two is in the state and is sent as an event too, and nothing is in neither.
        var last = await feed.LastSequenceAsync(ct);
        var state = await topic.ReadAsync(ct);
        if (!state.IsSuccess)
        {
            return state.Error;
        }

        // A bookmark beyond the end was given by another log, such as one that was deleted since: the reader starts anew.
        return bookmark.Value is { } from && from <= last
            ? new Start(from, Snapshot: null, state.Value.RestsIn)
            : new Start(last, state.Value.Snapshot, state.Value.RestsIn);
    }

    /// <summary>Where a stream begins, with which snapshot, and the status in which the topic rests already.</summary>
    private sealed record Start(long From, string? Snapshot, string? RestsIn);

    /// <summary>Says when the next comment is due, whatever else is sent.</summary>
    private sealed class Heartbeat(TimeSpan interval, TimeProvider clock)
    {
        private long _last = clock.GetTimestamp();

        public TimeSpan Due => interval - clock.GetElapsedTime(_last) is var due && due > TimeSpan.Zero ? due : TimeSpan.FromMilliseconds(1);

        public bool TryBeat()
        {
            if (clock.GetElapsedTime(_last) < interval)
            {
                return false;
            }

            _last = clock.GetTimestamp();
            return true;
        }
    }
}
