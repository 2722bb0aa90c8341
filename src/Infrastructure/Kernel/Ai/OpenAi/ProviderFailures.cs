using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>Tells failures apart: try again, send less, stop, or report.</summary>
internal static partial class ProviderFailures
{
    /// <summary>Gateways answer these when the server behind them did not in time; it may have gone on, and been paid.</summary>
    private static readonly int[] LostBehindAGateway = [504, 524, 598, 599];

    /// <summary>The error that a status and what comes with it stand for.</summary>
    public static Error Classify(int status, ProviderError error, TimeSpan? retryAfter) => status switch
    {
        429 when IsExhausted(error) => ModelErrors.QuotaExhausted(),
        429 when error.Says("request too large", "context_length_exceeded") => ModelErrors.InputTooLarge(),
        429 => ModelErrors.RateLimited(retryAfter),
        401 or 403 => ModelErrors.Unauthorised(),
        402 => ModelErrors.QuotaExhausted(),
        413 => ModelErrors.InputTooLarge(),
        400 or 404 or 422 or 500 when SaysTooLong(error) => ModelErrors.InputTooLarge(),
        400 when IsExhausted(error) => ModelErrors.QuotaExhausted(),
        400 when error.Says("content_filter", "content management policy", "content_policy_violation") => ModelErrors.Refused(),
        _ when LostBehindAGateway.Contains(status) => ModelErrors.NoAnswer(Status(status)) with { RetryAfter = retryAfter },
        408 or 409 or 425 or >= 500 => ModelErrors.Unavailable(Status(status)) with { RetryAfter = retryAfter },
        _ => ModelErrors.BadRequest(status),
    };

    /// <summary>The longest reply that a refusal of "too long a reply" allows; null when the error is no such refusal or does not say.</summary>
    public static int? AllowedOutput(ProviderError error) =>
        SaysTooLong(error) || !error.Message.Contains("token", StringComparison.OrdinalIgnoreCase) || OutputLimit().Match(error.Message) is not { Success: true } match
            ? null
            : int.TryParse(match.Groups["most"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : null;

    /// <summary>True when the input is what is too long: OpenAI, Azure, vLLM, llama.cpp, Ollama, text-generation-inference and gateways say it in these words.</summary>
    private static bool SaysTooLong(ProviderError error) =>
        error.Says(
            "context_length_exceeded", "exceed_context_size", "context length", "context window", "context size", "maximum context", "reduce the length",
            "prompt is too long", "input is too long", "too many tokens", "request too large", "request_too_large", "string_above_max_length", "too many input tokens")
        || SumOfTokens().IsMatch(error.Message);

    private static bool IsExhausted(ProviderError error) =>
        error.Says("insufficient_quota", "exceeded your current quota", "billing_hard_limit", "insufficient_balance", "insufficient balance", "spend limit", "spending limit");

    private static string Status(int status) => string.Create(CultureInfo.InvariantCulture, $"status {status}");

    /// <summary><c>`inputs` tokens + `max_new_tokens` must be &lt;= 4096</c>.</summary>
    [GeneratedRegex(@"tokens?`?\s*\+[^.]{0,60}must be", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SumOfTokens();

    /// <summary><c>max_tokens is too large: 20000. This model supports at most 16384 completion tokens</c>; <c>the valid range of max_tokens is [1, 8192]</c>.</summary>
    [GeneratedRegex(
        @"max_(completion_)?tokens.{0,200}?(at most |less than or equal to |<=\s?|maximum (value )?(of |is )?|\[\s?\d+\s?,\s?)[`'""]?(?<most>\d{1,9})",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OutputLimit();
}
