namespace Idp.Application.Kernel.Ai;

/// <summary>What calls have taught of a model's limits.</summary>
/// <param name="InputTokens">Tokens of input, as estimated here, that the model refused; null while none were refused.</param>
/// <param name="OutputTokens">The longest reply in tokens that the model takes as a limit; null while none was refused.</param>
public sealed record LearnedLimits(int? InputTokens, int? OutputTokens)
{
    /// <summary>Nothing was learned.</summary>
    public static LearnedLimits None { get; } = new(null, null);
}

/// <summary>Remembers limits that models have proved to have, so that no later run pays to meet them again.</summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>ModelLimitStoreContract</c>. Safe to call concurrently.</remarks>
public interface IModelLimitStore
{
    /// <summary>What is known; <see cref="LearnedLimits.None"/> at first.</summary>
    Task<LearnedLimits> FindAsync(ModelIdentity model, CancellationToken ct);

    /// <summary>Adds what a call taught: of each limit the smaller is kept, and null teaches nothing. Durable when this returns.</summary>
    Task LearnAsync(ModelIdentity model, LearnedLimits limits, CancellationToken ct);
}
