using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Lets as many calls through at a time as the provider can take; one for all jobs.</summary>
internal interface IModelGate
{
    /// <summary>Waits for a place.</summary>
    /// <param name="priority">Who goes first.</param>
    /// <param name="estimatedTokens">About how many tokens, sent and answered, the call will take.</param>
    /// <param name="ct">Gives the place in the queue up.</param>
    Task<IModelGatePermit> EnterAsync(Priority priority, int estimatedTokens, CancellationToken ct);
}

/// <summary>A place. It ends with one of the five reports; disposed without one, the call was never sent.</summary>
internal interface IModelGatePermit : IDisposable
{
    /// <summary>The call was answered.</summary>
    /// <param name="latency">From sending to the whole answer.</param>
    /// <param name="actualTokens">Tokens that it took; 0 when that is not known.</param>
    /// <param name="limits">What the provider said of its limits.</param>
    void Succeeded(TimeSpan latency, int actualTokens, ProviderLimits? limits);

    /// <summary>The provider asked to slow down.</summary>
    /// <returns>What the gate made of it; null when the place had ended before.</returns>
    GateSignal? RateLimited(TimeSpan? retryAfter, ProviderLimits? limits);

    /// <summary>No answer came in time.</summary>
    void TimedOut();

    /// <summary>The call failed at the provider or on the way.</summary>
    void Failed();

    /// <summary>The provider refused the call for what it is, or answered it with what nobody can use.</summary>
    void Refused();
}
