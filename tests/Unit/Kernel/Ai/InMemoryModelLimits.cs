using Idp.Application.Kernel.Ai;

namespace Idp.Unit.Kernel.Ai;

/// <summary>Limits without a file.</summary>
internal sealed class InMemoryModelLimits : IModelLimitStore
{
    public LearnedLimits Learned { get; private set; } = LearnedLimits.None;

    public Task<LearnedLimits> FindAsync(ModelIdentity model, CancellationToken ct) => Task.FromResult(Learned);

    public Task LearnAsync(ModelIdentity model, LearnedLimits limits, CancellationToken ct)
    {
        Learned = new(Smaller(Learned.InputTokens, limits.InputTokens), Smaller(Learned.OutputTokens, limits.OutputTokens));
        return Task.CompletedTask;
    }

    private static int? Smaller(int? left, int? right) => left is { } one && right is { } other ? Math.Min(one, other) : left ?? right;
}
