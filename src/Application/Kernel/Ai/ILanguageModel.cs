using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Ai;

/// <summary>Asks a language model, or the rules that stand in for one.</summary>
/// <remarks>
/// Adapters: the rules that come with the program (<c>offline</c>, the default), and any server that speaks OpenAI's chat interface. Safe to call concurrently;
/// how many calls are under way is the adapter's business (its gate), so callers may ask for everything they want at once.
/// A paid answer is durable before it is returned; a question that was answered before is not paid again.
/// </remarks>
public interface ILanguageModel
{
    /// <summary>Who answers.</summary>
    ModelIdentity Identity { get; }

    /// <summary>What is known of the model's limits; grows as calls meet them.</summary>
    Task<ModelLimits> LimitsAsync(CancellationToken ct);

    /// <summary>Asks.</summary>
    /// <returns>
    /// The answer, or one of the errors of <see cref="ModelErrors"/>: <see cref="ErrorKind.TooLarge"/> (send less), <see cref="ErrorKind.BudgetExceeded"/>,
    /// <see cref="ErrorKind.RateLimited"/> and <see cref="ErrorKind.Unavailable"/> (after all tries; later may do),
    /// <see cref="ErrorKind.Rejected"/> (refused, or an answer that broke the rules even after one repair).
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; a request under way is aborted at once.</exception>
    Task<Result<ModelAnswer<TReply>>> AskAsync<TReply>(ModelTask<TReply> task, CallContext context, CancellationToken ct)
        where TReply : class;
}

/// <summary>A typed answer.</summary>
/// <typeparam name="TReply">Its type.</typeparam>
/// <param name="Value">The answer.</param>
/// <param name="PaidCalls">Calls made for it now; 0 when it was known, 2 when it had to be repaired.</param>
public sealed record ModelAnswer<TReply>(TReply Value, int PaidCalls)
    where TReply : class;

/// <summary>What one call may hold.</summary>
/// <param name="InputTokens">Estimated tokens of input that the model has proved to refuse from; null while none were refused.</param>
/// <param name="OutputTokens">The longest reply in tokens.</param>
public sealed record ModelLimits(int? InputTokens, int OutputTokens);
