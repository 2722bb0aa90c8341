using System.Diagnostics;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Sends a try when the gate lets it, and tells the gate how it went.</summary>
internal sealed class GatedCompletion(IModelTransport transport, IModelGate gate, ThrottleNotices notices, ModelIdentity model, TimeProvider clock) : IModelCompletion
{
    public async Task<Result<ModelReply>> CompleteAsync(ModelCall call, CancellationToken ct)
    {
        using var permit = await notices.WhileWaitingAsync(
            call.Context, () => gate.EnterAsync(call.Context.Priority, RequestSize.TokensOf(call.Request), ct));
        using var activity = LanguageModelTelemetry.StartCall(call, model);
        var started = clock.GetTimestamp();
        var exchange = await SendAsync(call, permit, ct);
        var latency = clock.GetElapsedTime(started);
        var throttled = Report(permit, exchange, latency);
        LanguageModelTelemetry.Tried(call.Request.Task, model.Model, exchange.Outcome.Error?.Code, latency);
        activity?.SetStatus(exchange.Outcome.IsSuccess ? ActivityStatusCode.Ok : ActivityStatusCode.Error, exchange.Outcome.Error?.Code);
        if (throttled is not null && !ct.IsCancellationRequested)
        {
            // Not cancellable: that this try was refused, and is not paid, must not be lost with it.
            await notices.TellAsync(call.Context, throttled, CancellationToken.None);
        }

        return exchange.Outcome;
    }

    /// <summary>A call that is cut off has left all the same: its place was used.</summary>
    private async Task<ModelExchange> SendAsync(ModelCall call, IModelGatePermit permit, CancellationToken ct)
    {
        try
        {
            return await transport.SendAsync(call, ct);
        }
        catch
        {
            permit.Failed();
            throw;
        }
    }

    /// <summary>Tells the gate how the call went.</summary>
    /// <returns>What the gate made of a refusal for rate; null for any other end.</returns>
    private static GateSignal? Report(IModelGatePermit permit, ModelExchange exchange, TimeSpan latency)
    {
        if (exchange.Outcome.IsSuccess)
        {
            var usage = exchange.Outcome.Value.Usage;
            permit.Succeeded(latency, usage.Estimated ? 0 : usage.InputTokens + usage.OutputTokens, exchange.Limits);
        }
        else if (exchange.Outcome.Error.Kind is ErrorKind.RateLimited)
        {
            return permit.RateLimited(exchange.Outcome.Error.RetryAfter, exchange.Limits);
        }
        else if (exchange.IsTimedOut)
        {
            permit.TimedOut();
        }
        else if (exchange.Outcome.Error.Kind is ErrorKind.Unavailable)
        {
            permit.Failed();
        }
        else
        {
            permit.Refused();
        }

        return null;
    }
}
