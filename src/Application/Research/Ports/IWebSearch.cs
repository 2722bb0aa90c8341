using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Research;

namespace Idp.Application.Research.Ports;

/// <summary>A question to the web.</summary>
/// <param name="Text">At most <see cref="Rubric.LongestQuery"/> characters; words between quotation marks belong together.</param>
/// <param name="Depth">How thoroughly to search.</param>
/// <param name="MaximumResults">1 to 20.</param>
public sealed record WebQuestion(string Text, SearchDepth Depth, int MaximumResults);

/// <summary>What the web answered.</summary>
/// <param name="Sources">Pages in the provider's order, whatever their relevance.</param>
/// <param name="Credits">What it cost the one who asks; 0 when an earlier search of somebody else served.</param>
public sealed record WebAnswer(ValueList<SourceText> Sources, int Credits);

/// <summary>Searches the web, or what stands for it.</summary>
/// <remarks>
/// Adapters: a folder of pages (<c>offline</c>, the default), Tavily. Safe to call concurrently; how many requests are under way and how fast they follow is the adapter's business. A paid
/// answer is durable before it is returned, and a question that was answered lately is not paid again, neither after a crash.
/// Source: https://docs.tavily.com/documentation/api-reference/endpoint/search (read 2026-11-22).
/// </remarks>
public interface IWebSearch
{
    /// <summary>Who answers, as the usage report names it; its provider is <c>offline</c> when nothing is paid.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Asks.</summary>
    /// <param name="question">What to search for.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="ct">Cancels; a request under way is cut off at once.</param>
    /// <returns>
    /// The answer, or one of the errors of <see cref="WebSearchErrors"/>: <see cref="ErrorKind.RateLimited"/> and <see cref="ErrorKind.Unavailable"/> (after all tries; later may do),
    /// <see cref="ErrorKind.BudgetExceeded"/>, <see cref="ErrorKind.Rejected"/> (the account may not go on, or the question itself is refused).
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    Task<Result<WebAnswer>> SearchAsync(WebQuestion question, CallContext context, CancellationToken ct);
}
