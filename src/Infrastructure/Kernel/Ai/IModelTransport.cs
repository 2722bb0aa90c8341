using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Providers;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Sends one request once.</summary>
internal interface IModelTransport
{
    /// <summary>Sends; marks the call's try as sent immediately before the request leaves.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the connection is aborted at once.</exception>
    Task<ModelExchange> SendAsync(ModelCall call, CancellationToken ct);
}

/// <summary>What one try brought.</summary>
/// <param name="Outcome">The reply, or why there is none.</param>
/// <param name="Limits">What the provider said of its limits; null when it said nothing.</param>
internal sealed record ModelExchange(Result<ModelReply> Outcome, ProviderLimits? Limits)
{
    /// <summary>True when the provider took longer than is allowed.</summary>
    public bool IsTimedOut { get; init; }

    /// <summary>A try without an answer.</summary>
    public static ModelExchange Lost(LostRequest lost) =>
        new(lost.MayHaveArrived ? ModelErrors.NoAnswer(lost.Why) : ModelErrors.Unavailable(lost.Why), Limits: null) { IsTimedOut = lost.IsTimedOut };
}
