using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Kernel.Ai;

/// <summary>Every expected failure of a model call.</summary>
public static class ModelErrors
{
    /// <summary>The input does not fit: less must be sent.</summary>
    public static Error InputTooLarge() => new(ErrorKind.TooLarge, "model.input-too-large", "The request is larger than the model takes.");

    /// <summary>The reply was cut off: less must be asked at once.</summary>
    public static Error OutputTruncated() => new(ErrorKind.TooLarge, "model.output-truncated", "The model's reply was cut off at its allowed length.");

    /// <summary>Too many requests or tokens in a time.</summary>
    public static Error RateLimited(TimeSpan? retryAfter) =>
        new(ErrorKind.RateLimited, "model.rate-limited", "The model's provider asked us to slow down.") { RetryAfter = retryAfter };

    /// <summary>The provider answered with a server error, or could not be reached before anything was sent.</summary>
    public static Error Unavailable(string why) => new(ErrorKind.Unavailable, "model.unavailable", $"The model's provider is unavailable: {why}");

    /// <summary>The request was sent and no answer came: cut off, or too slow. It may have been paid.</summary>
    public static Error NoAnswer(string why) => new(ErrorKind.Unavailable, "model.no-answer", $"The model's provider did not answer: {why}");

    /// <summary>A success whose body is no reply. It may have been paid.</summary>
    public static Error BrokenAnswer() => new(ErrorKind.Unavailable, "model.broken-answer", "The model's provider answered with something that is no reply.");

    /// <summary>The key is not accepted.</summary>
    public static Error Unauthorised() => new(ErrorKind.Rejected, "model.unauthorised", "The model's provider does not accept the key (LLM__API_KEY).");

    /// <summary>The account at the provider has no money left.</summary>
    public static Error QuotaExhausted() => new(ErrorKind.Rejected, "model.quota-exhausted", "The account at the model's provider is exhausted.");

    /// <summary>The provider refused the request itself.</summary>
    public static Error BadRequest(int status) => new(ErrorKind.Rejected, "model.bad-request", $"The model's provider refused the request with status {status}.");

    /// <summary>The model would not answer.</summary>
    public static Error Refused() => new(ErrorKind.Rejected, "model.refused", "The model refused to answer.");

    /// <summary>The reply broke the rules of its task, even after one repair.</summary>
    public static Error Malformed(string fault) => new(ErrorKind.Rejected, "model.malformed-reply", $"The model's reply cannot be used: {fault}");

    /// <summary>No model is set, and no rules are known for the task.</summary>
    public static Error NoRules(string task) => new(
        ErrorKind.Unsupported, "model.no-rules", $"Task '{task}' needs a language model, and none is set (LLM__PROVIDER is 'offline').");

    /// <summary>There is nothing to measure.</summary>
    public static Error NothingToProbe() => new(
        ErrorKind.Unsupported, "model.nothing-to-probe", "There is no model to probe: set LLM__PROVIDER=openai, LLM__BASE_URL and LLM__MODEL.");

    /// <summary>A spending cap would be passed. The contract spells this code in its own way.</summary>
    public static Error BudgetExhausted(BudgetScope scope, Money cap) => new(
        ErrorKind.BudgetExceeded, "budget_exhausted", $"The budget of {scope} (${cap}) does not allow another call. Raise it and process the rest with 'retry'.");

    /// <summary>A cap is set, and nobody knows what the model costs.</summary>
    public static Error PriceUnknown(string model) => new(
        ErrorKind.BudgetExceeded, "budget.price-unknown",
        $"The price of model '{model}' is not known, so its budget cannot be kept. Set LLM__PRICE_INPUT_PER_MILLION and LLM__PRICE_OUTPUT_PER_MILLION.");

    /// <summary>True when a failed try may have been paid all the same.</summary>
    public static bool MayBePaid(Error error) => error.Code is "model.no-answer" or "model.broken-answer";
}
