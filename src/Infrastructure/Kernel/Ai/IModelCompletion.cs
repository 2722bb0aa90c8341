using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Answers one request. The steps of a call are decorators of this: caching → journal → budget → resilience → gate → HTTP.</summary>
internal interface IModelCompletion
{
    /// <summary>Answers.</summary>
    /// <returns>The reply, or one of the errors of <see cref="ModelErrors"/>.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    Task<Result<ModelReply>> CompleteAsync(ModelCall call, CancellationToken ct);
}

/// <summary>A request on its way, with what the steps have found out about it.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Context">On whose behalf.</param>
internal sealed record ModelCall(ModelRequest Request, CallContext Context)
{
    /// <summary>The call in journal and ledger; set by the journal.</summary>
    public CallId Id { get; init; }

    /// <summary>Every budget that the call counts against, the day's included; set by the journal.</summary>
    public ValueList<BudgetScope> Scopes { get; init; } = [];

    /// <summary>The money side of each try; set by the budget.</summary>
    public CallTries Tries
    {
        get => field ?? throw new InvalidOperationException("The call did not pass the budget.");
        init;
    }
}
