using Idp.Domain.Kernel.Concurrency;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>
/// Leave to make one call. Exactly one of its methods ends it, and the first counts; disposing without one gives it back as never sent.
/// </summary>
public sealed class GatePermit : IDisposable
{
    private readonly CallGate _gate;
    private int _ended;

    internal GatePermit(CallGate gate, CallStart call, int tokens, long tokensThrough)
    {
        _gate = gate;
        Call = call;
        Tokens = tokens;
        TokensThrough = tokensThrough;
    }

    internal CallStart Call { get; }

    internal int Tokens { get; }

    /// <summary>Tokens of all calls up to this one.</summary>
    internal long TokensThrough { get; }

    /// <summary>The provider answered.</summary>
    /// <param name="latency">From sending the request to the whole answer.</param>
    /// <param name="actualTokens">Tokens that the call really used; 0 when it is not known, and the estimate stands.</param>
    /// <param name="limits">What the answer said of limits.</param>
    public void Succeeded(TimeSpan latency, int actualTokens, ProviderLimits? limits)
    {
        if (End())
        {
            _gate.Succeeded(this, latency, actualTokens, limits);
        }
    }

    /// <summary>The provider rejected the call with 429 for its rate or for the calls in flight (not for quota or size).</summary>
    /// <param name="retryAfter">How long it asked to wait; null when it did not.</param>
    /// <param name="limits">What the answer said of limits.</param>
    /// <returns>What the gate made of it; null when the permit had ended before.</returns>
    public GateSignal? RateLimited(TimeSpan? retryAfter, ProviderLimits? limits) => End() ? _gate.RateLimited(this, retryAfter, limits) : null;

    /// <summary>No answer came in time.</summary>
    public void TimedOut()
    {
        if (End())
        {
            _gate.TimedOut(this);
        }
    }

    /// <summary>The call failed at the provider or on the way (5xx, dropped).</summary>
    public void Failed()
    {
        if (End())
        {
            _gate.Failed(this);
        }
    }

    /// <summary>The provider refused the call for what it is, or answered it with what nobody can use: no sign of how much it can take.</summary>
    public void Refused()
    {
        if (End())
        {
            _gate.Refused(this);
        }
    }

    /// <summary>Ends the permit as never sent, unless it has ended.</summary>
    public void Dispose()
    {
        if (End())
        {
            _gate.Returned(this);
        }
    }

    private bool End() => Interlocked.Exchange(ref _ended, 1) == 0;
}
