using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Idp.Simulators.Http;

/// <summary>Leads one request through key, size, rate, place, faults and time to its answer, and puts it on the bill. The bill is written before the first byte of the answer.</summary>
internal sealed class RequestPipeline(ProviderState state, IProviderManner manner, CancellationToken stopping)
{
    /// <summary>Serves one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="endpoint"><c>chat</c>, <c>embeddings</c> or <c>search</c>.</param>
    /// <param name="read">Understands the body, or throws <see cref="JsonException"/>.</param>
    public async Task ServeAsync(HttpContext context, string endpoint, Func<JsonObject, IModelWork> read)
    {
        var options = state.Options;
        var call = new RunningCall(state, endpoint);
        try
        {
            var (error, reply) = await RunAsync(context, options, call, read);
            if (error is not null)
            {
                call.End(error);
                await WriteErrorAsync(context, options, call, error);
            }
            else if (reply is not null)
            {
                await WriteReplyAsync(context, options, call, reply);
                call.Deliver();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client has gone. What was billed stays billed; what was not ready has failed.
            call.Abandon();
            context.Abort();
        }
        finally
        {
            call.Close();
        }
    }

    private async Task<(ProviderError? Error, ModelReply? Reply)> RunAsync(
        HttpContext context, SimulatorOptions options, RunningCall call, Func<JsonObject, IModelWork> read)
    {
        if (!manner.MayEnter(context.Request, options.ApiKeys))
        {
            return (manner.WrongKey, null);
        }

        var (body, refusal) = await ReadBodyAsync(context, options.SizeLimit.RequestBytes);
        if (body is null)
        {
            return (refusal, null);
        }

        IModelWork work;
        try
        {
            work = read(body);
        }
        catch (JsonException exception)
        {
            return (ProviderError.BadRequest(exception.Message), null);
        }

        call.Describe(work, options.KeepBodies ? body.ToJsonString() : null);
        if (options.Models.Count > 0 && !options.Models.Contains(work.Model, StringComparer.Ordinal))
        {
            return (ProviderErrors.UnknownModel(work.Model), null);
        }

        if (work.Check(options) is { } broken)
        {
            return (broken, null);
        }

        if (state.Rates.Admit(work.PromptTokens) is { } full)
        {
            return (manner.TooFast(work, full), null);
        }

        var draw = state.Dice.Draw(work.RequestHash, options.Faults);
        call.Strike(draw.Faults);
        return draw.Faults.Select(fault => manner.Refusal(fault, work)).FirstOrDefault(static error => error is not null) is { } refused
            ? (refused, null)
            : await WorkAsync(context, options, call, work, draw);
    }

    private async Task<(ProviderError? Error, ModelReply? Reply)> WorkAsync(
        HttpContext context, SimulatorOptions options, RunningCall call, IModelWork work, FaultDraw draw)
    {
        // A provider that finishes abandoned work does not hear its client leave.
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(
            stopping, options.Billing.Abandoned is AbandonedRequests.Finished ? CancellationToken.None : context.RequestAborted);
        if (options.Capacity is { AtOnce: > 0, WhenFull: WhenFull.Reject })
        {
            if (!state.Places.TryEnter())
            {
                return (manner.NoPlace(options.Capacity.AtOnce), null);
            }
        }
        else
        {
            await state.Places.EnterAsync(linked.Token);
        }

        try
        {
            if (draw.Faults.Select(manner.Failure).FirstOrDefault(static error => error is not null) is { } failure)
            {
                return (failure, null);
            }

            if (draw.Has(Fault.DropBeforeWork))
            {
                call.Drop();
                context.Abort();
                return (null, null);
            }

            var reply = work.Compute(options, draw, call.ReplyId, state.Clock.GetUtcNow());
            if (LatencyOf(options.Latency, draw, reply.CompletionTokens) is { Ticks: > 0 } latency)
            {
                await Task.Delay(latency, state.Clock, linked.Token);
            }

            linked.Token.ThrowIfCancellationRequested();
            state.Rates.Charge(reply.CompletionTokens);
            var isDropped = draw.Has(Fault.DropAfterBilling);
            call.Bill(work, reply, work.Price(options.Prices, reply), isDropped, context.RequestAborted.IsCancellationRequested);
            if (isDropped)
            {
                context.Abort();
                return (null, null);
            }

            return (null, reply);
        }
        finally
        {
            state.Places.Leave();
        }
    }

    private static TimeSpan LatencyOf(LatencyOptions latency, FaultDraw draw, int completionTokens) => TimeSpan.FromMilliseconds(
        latency.FixedMilliseconds
        + (latency.JitterMilliseconds * draw.Number("jitter"))
        + (latency.MillisecondsPerOutputToken * completionTokens)
        + (draw.Has(Fault.Slow) ? latency.SlowMilliseconds : 0));

    private static async Task<(JsonObject? Body, ProviderError? Refusal)> ReadBodyAsync(HttpContext context, int mostBytes)
    {
        if (mostBytes > 0 && context.Request.ContentLength > mostBytes)
        {
            return (null, ProviderErrors.BodyTooLarge);
        }

        try
        {
            using var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
            return mostBytes > 0 && bytes.Length > mostBytes ? (null, ProviderErrors.BodyTooLarge)
                : JsonNode.Parse(bytes.ToArray()) is JsonObject body ? (body, null)
                : (null, ProviderError.BadRequest("The body must be a JSON object."));
        }
        catch (JsonException)
        {
            return (null, ProviderError.BadRequest("We could not parse the JSON body of your request."));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, ProviderErrors.BodyTooLarge);
        }
    }

    private void WriteHeaders(HttpContext context, SimulatorOptions options, RunningCall call)
    {
        context.Response.Headers["x-request-id"] = call.RequestId;
        foreach (var (name, value) in manner.SaysLimits ? state.Rates.Headers(options.RateLimit.Headers) : [])
        {
            context.Response.Headers[name] = value;
        }
    }

    private async Task WriteErrorAsync(HttpContext context, SimulatorOptions options, RunningCall call, ProviderError error)
    {
        WriteHeaders(context, options, call);
        if (error.RetryAfter is { } wait && options.RateLimit.RetryAfter)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await JsonReply.WriteAsync(context, error.Status, manner.BodyOf(error));
    }

    private async Task WriteReplyAsync(HttpContext context, SimulatorOptions options, RunningCall call, ModelReply reply)
    {
        WriteHeaders(context, options, call);
        if (reply.Stream is null)
        {
            await JsonReply.WriteAsync(context, StatusCodes.Status200OK, Encoding.UTF8.GetBytes(reply.Raw ?? reply.Body.ToJsonString()));
            return;
        }

        context.Response.ContentType = "text/event-stream";
        foreach (var data in reply.Stream.Select(static part => part.ToJsonString()).Append("[DONE]"))
        {
            await context.Response.WriteAsync($"data: {data}\n\n", Encoding.UTF8, context.RequestAborted);
        }
    }
}
