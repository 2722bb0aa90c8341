using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;

namespace Idp.Application.Research;

/// <summary>Every expected failure of a search.</summary>
public static class WebSearchErrors
{
    private const string PlanLimitCode = "search.plan-limit";
    private const string SpendLimitCode = "search.spend-limit";
    private const string UnauthorisedCode = "search.unauthorised";

    /// <summary>Too many requests in a time.</summary>
    public static Error RateLimited(TimeSpan? retryAfter) =>
        new(ErrorKind.RateLimited, "search.rate-limited", "The search provider asked us to slow down.") { RetryAfter = retryAfter };

    /// <summary>The provider answered with a server error, or could not be reached before anything was sent.</summary>
    public static Error Unavailable(string why) => new(ErrorKind.Unavailable, "search.unavailable", $"The search provider is unavailable: {why}");

    /// <summary>The request was sent and no answer came. It may have been paid.</summary>
    public static Error NoAnswer(string why) => new(ErrorKind.Unavailable, "search.no-answer", $"The search provider did not answer: {why}");

    /// <summary>A success whose body is no answer. It may have been paid.</summary>
    public static Error BrokenAnswer() => new(ErrorKind.Unavailable, "search.broken-answer", "The search provider answered with something that is no answer.");

    /// <summary>The plan's credits are used up.</summary>
    public static Error PlanLimit() => new(
        ErrorKind.Rejected, PlanLimitCode, "The plan's credits at the search provider are used up. Renew or enlarge the plan, then run the rest with 'retry-failed'.");

    /// <summary>The limit for paying as one goes is reached.</summary>
    public static Error SpendLimit() => new(
        ErrorKind.Rejected, SpendLimitCode, "The spending limit at the search provider is reached. Raise it there, then run the rest with 'retry-failed'.");

    /// <summary>The key is not accepted.</summary>
    public static Error Unauthorised() => new(
        ErrorKind.Rejected, UnauthorisedCode, "The search provider does not accept the key (TAVILY__API_KEY). Correct it, then run the rest with 'retry-failed'.");

    /// <summary>The provider refused the question itself.</summary>
    public static Error BadRequest(int status) => new(ErrorKind.Rejected, "search.bad-request", $"The search provider refused the request with status {status}.");

    /// <summary>The folder of pages cannot be searched.</summary>
    public static Error CorpusUnusable(string why) => new(ErrorKind.Rejected, "search.corpus-unusable", $"The pages that stand for the web cannot be searched: {why}");

    /// <summary>True when a failed try may have been paid all the same.</summary>
    public static bool MayBePaid(Error error) => error.Code is "search.no-answer" or "search.broken-answer";

    /// <summary>True when every further search would fail the same way.</summary>
    public static bool EndsSearching(Error error) => error.Code is PlanLimitCode or SpendLimitCode or UnauthorisedCode || error.Kind == ErrorKind.BudgetExceeded;

    /// <summary>True when every further analysis would fail the same way.</summary>
    public static bool EndsAnalysing(Error error) =>
        error.Kind == ErrorKind.BudgetExceeded || error.Code == ModelErrors.Unauthorised().Code || error.Code == ModelErrors.QuotaExhausted().Code;
}
