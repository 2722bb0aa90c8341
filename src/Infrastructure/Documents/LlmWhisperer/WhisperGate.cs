using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Ai;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>An order that the service has accepted, with its place at the gate until its text is ready.</summary>
/// <param name="Hash">The service's name for it.</param>
/// <param name="Pages">How many pages it has.</param>
/// <param name="Permit">The place; null where none is kept.</param>
/// <param name="AcceptedAt">Timestamp of the acceptance.</param>
internal sealed record AcceptedOrder(string Hash, int Pages, GatePermit? Permit, long AcceptedAt);

/// <summary>
/// Lets as many documents be at the service as it bears, for all jobs, and of all nodes where they share their gates. A document has its place from its submission until its text is ready,
/// because a service that queues answers submissions at once and lets the texts wait. Times are told to the gate by the page, so that long documents do not look like a queue.
/// </summary>
internal sealed class WhisperGate
{
    private readonly CallGate _gate;
    private readonly ThrottleNotices _notices;
    private readonly TimeProvider _clock;

    public WhisperGate(LlmWhispererOptions options, ProviderGates gates, IEventAppender events, TimeProvider clock)
    {
        Identity = new ModelIdentity("llmwhisperer", options.Mode, options.Address.AbsoluteUri.TrimEnd('/'));
        _gate = gates.For(options.GateKey);
        _notices = new ThrottleNotices(events, Identity, clock);
        _clock = clock;
    }

    /// <summary>Who is asked.</summary>
    public ModelIdentity Identity { get; }

    /// <summary>Submits when the gate lets it. What was accepted keeps its place until <see cref="Ended"/>; a refusal is told to the gate.</summary>
    public async Task<Result<AcceptedOrder>> SubmitAsync(CallContext context, int pages, Func<CancellationToken, Task<Result<string>>> submit, CancellationToken ct)
    {
        var permit = await _notices.WhileWaitingAsync(context, () => _gate.EnterAsync(context.Priority, 0, ct));
        Result<string>? outcome = null;
        try
        {
            outcome = await submit(ct);
        }
        finally
        {
            // A request that is cut off has left all the same: its place was used.
            if (outcome is null or { Error: { Kind: not ErrorKind.RateLimited } })
            {
                permit.Failed();
            }
        }

        if (outcome.IsSuccess)
        {
            return new AcceptedOrder(outcome.Value, pages, permit, _clock.GetTimestamp());
        }

        if (outcome.Error.Kind is ErrorKind.RateLimited && permit.RateLimited(outcome.Error.RetryAfter, limits: null) is { } signal && !ct.IsCancellationRequested)
        {
            // Not cancellable: that this try was refused, and is not paid, must not be lost with it.
            await _notices.TellAsync(context, signal, CancellationToken.None);
        }

        return outcome.Error;
    }

    /// <summary>Tells the gate how an order ended.</summary>
    /// <param name="order">The order.</param>
    /// <param name="isProcessed">True when its text became ready.</param>
    public void Ended(AcceptedOrder order, bool isProcessed)
    {
        if (isProcessed)
        {
            order.Permit?.Succeeded(_clock.GetElapsedTime(order.AcceptedAt) / order.Pages, 0, limits: null);
        }
        else
        {
            order.Permit?.Failed();
        }
    }
}
