using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Kernel.Ai.Offline;

/// <summary>Answers by the rules that come with the program. Free, and always the same.</summary>
internal sealed class OfflineLanguageModel : ILanguageModel
{
    /// <inheritdoc />
    public ModelIdentity Identity => ModelIdentity.Offline;

    /// <inheritdoc />
    public Task<ModelLimits> LimitsAsync(CancellationToken ct) => Task.FromResult(new ModelLimits(InputTokens: null, OutputTokens: int.MaxValue));

    /// <inheritdoc />
    public Task<Result<ModelAnswer<TReply>>> AskAsync<TReply>(ModelTask<TReply> task, CallContext context, CancellationToken ct)
        where TReply : class
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult<Result<ModelAnswer<TReply>>>(
            task.AnswerByRules() is { } answer ? new ModelAnswer<TReply>(answer, PaidCalls: 0) : ModelErrors.NoRules(task.Name));
    }
}
