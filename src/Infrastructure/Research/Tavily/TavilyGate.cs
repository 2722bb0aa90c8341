using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Events;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Ai;

namespace Idp.Infrastructure.Research.Tavily;

/// <summary>Lets searches begin as the key's limits allow, for all jobs, and of all nodes where they share their gates. Tells who waits when the provider throttles.</summary>
internal sealed class TavilyGate
{
    private readonly CallGate _gate;
    private readonly ThrottleNotices _notices;
    private readonly TimeProvider _clock;

    public TavilyGate(TavilyOptions options, ProviderGates gates, IEventAppender events, TimeProvider clock)
    {
        Identity = new ModelIdentity("tavily", "search", options.Address.AbsoluteUri.TrimEnd('/'));
        _gate = gates.For(options.GateKey);
        _notices = new ThrottleNotices(events, Identity, clock);
        _clock = clock;
    }

    /// <summary>Who is asked.</summary>
    public ModelIdentity Identity { get; }

    /// <summary>Sends a try when the gate lets it, and tells the gate how it went.</summary>
    public async Task<Result<WebAnswer>> SendAsync(CallContext context, Func<CancellationToken, Task<TavilyExchange>> send, CancellationToken ct)
    {
        using var permit = await _notices.WhileWaitingAsync(context, () => _gate.EnterAsync(context.Priority, 0, ct));
        var started = _clock.GetTimestamp();
        var exchange = await SendAsync(permit, send, ct);
        if (exchange.Outcome.IsSuccess)
        {
            permit.Succeeded(_clock.GetElapsedTime(started), 0, limits: null);
        }
        else if (exchange.Outcome.Error.Kind is ErrorKind.RateLimited)
        {
            var signal = permit.RateLimited(exchange.Outcome.Error.RetryAfter, limits: null);
            if (signal is not null && !ct.IsCancellationRequested)
            {
                // Not cancellable: that this try was refused, and is not paid, must not be lost with it.
                await _notices.TellAsync(context, signal, CancellationToken.None);
            }
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

        return exchange.Outcome;
    }

    /// <summary>A request that is cut off has left all the same: its place was used.</summary>
    private static async Task<TavilyExchange> SendAsync(GatePermit permit, Func<CancellationToken, Task<TavilyExchange>> send, CancellationToken ct)
    {
        try
        {
            return await send(ct);
        }
        catch
        {
            permit.Failed();
            throw;
        }
    }
}
