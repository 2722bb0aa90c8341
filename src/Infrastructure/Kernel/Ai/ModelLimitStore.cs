using System.Collections.Concurrent;
using Idp.Application.Kernel.Ai;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>What calls have found out about models.</summary>
internal interface IModelLimitStore
{
    /// <summary>What is known.</summary>
    Task<ModelLimits> GetAsync(ModelIdentity model, CancellationToken ct);

    /// <summary>A request was refused for its size.</summary>
    /// <param name="model">By whom.</param>
    /// <param name="refusedEstimate">About how many tokens its pages held.</param>
    /// <param name="ct">Cancels.</param>
    Task LearnInputAsync(ModelIdentity model, int refusedEstimate, CancellationToken ct);

    /// <summary>A reply was cut off before the length that was allowed.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="cutOffAt">How many tokens it had.</param>
    /// <param name="ct">Cancels.</param>
    Task LearnOutputAsync(ModelIdentity model, int cutOffAt, CancellationToken ct);
}

/// <summary>Remembers limits as long as the process lives.</summary>
/// <param name="longestReply">The longest reply while nothing is known, in tokens.</param>
internal sealed class InMemoryModelLimitStore(int longestReply) : IModelLimitStore
{
    private readonly ConcurrentDictionary<ModelIdentity, ModelLimits> _limits = new();

    public Task<ModelLimits> GetAsync(ModelIdentity model, CancellationToken ct) => Task.FromResult(_limits.GetValueOrDefault(model, Unknown));

    public Task LearnInputAsync(ModelIdentity model, int refusedEstimate, CancellationToken ct)
    {
        Update(model, known => known with { InputTokens = Math.Min(known.InputTokens ?? int.MaxValue, refusedEstimate) });
        return Task.CompletedTask;
    }

    public Task LearnOutputAsync(ModelIdentity model, int cutOffAt, CancellationToken ct)
    {
        Update(model, known => known with { OutputTokens = Math.Min(known.OutputTokens, cutOffAt) });
        return Task.CompletedTask;
    }

    private ModelLimits Unknown => new(InputTokens: null, longestReply);

    private void Update(ModelIdentity model, Func<ModelLimits, ModelLimits> learn) =>
        _limits.AddOrUpdate(model, _ => learn(Unknown), (_, known) => learn(known));
}
