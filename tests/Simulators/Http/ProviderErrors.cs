using System.Globalization;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;

namespace Idp.Simulators.Http;

/// <summary>The refusals of the provider, each with the wording and code that clients must tell apart.</summary>
internal static class ProviderErrors
{
    private const string InvalidRequest = "invalid_request_error";

    /// <summary>401.</summary>
    public static readonly ProviderError WrongKey = new(401, "Incorrect API key provided.", InvalidRequest, null, "invalid_api_key");

    /// <summary>429, and waiting does not help.</summary>
    public static readonly ProviderError InsufficientQuota = new(
        429, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", null, "insufficient_quota");

    /// <summary>413.</summary>
    public static readonly ProviderError BodyTooLarge = new(413, "The request body is too large.", InvalidRequest, null, "request_too_large");

    /// <summary>404.</summary>
    public static ProviderError UnknownModel(string model) =>
        new(404, $"The model `{model}` does not exist or you do not have access to it.", InvalidRequest, null, "model_not_found");

    /// <summary>5xx by chance; null for a fault that is none.</summary>
    public static ProviderError? Server(Fault fault) => fault switch
    {
        Fault.ServerError => new(500, "The server had an error while processing your request.", "server_error"),
        Fault.BadGateway => new(502, "Bad gateway.", "server_error"),
        Fault.Unavailable => new(503, "The engine is currently overloaded, please try again later.", "server_error", null, "server_overloaded"),
        _ => null,
    };

    /// <summary>429 because all places are taken.</summary>
    public static ProviderError NoPlace(int places) => new(
        429, string.Create(CultureInfo.InvariantCulture, $"Too many concurrent requests: limit {places}."), "requests", null, "rate_limit_exceeded", TimeSpan.FromSeconds(1));

    /// <summary>429 by chance.</summary>
    public static ProviderError RateLimited(string model) => new(
        429, $"Rate limit reached for {model}. Please try again in 1s.", "requests", null, "rate_limit_exceeded", TimeSpan.FromSeconds(1));

    /// <summary>429 because a bucket is empty, or too small for ever.</summary>
    public static ProviderError RateLimited(string model, RateRefusal refusal)
    {
        var unit = refusal.Kind == "tokens" ? "tokens per min (TPM)" : "requests per min (RPM)";
        var figures = string.Create(CultureInfo.InvariantCulture, $"Limit {refusal.PerMinute}, Requested {refusal.Requested}.");
        return refusal.Wait is { } wait
            ? new(429, $"Rate limit reached for {model} on {unit}: {figures} Please try again in {DurationText.Of(wait)}.", refusal.Kind, null, "rate_limit_exceeded", wait)
            : new(429, $"Request too large for {model} on {unit}: {figures} The input or output tokens must be reduced in order to run successfully.", refusal.Kind, null, "rate_limit_exceeded");
    }

    /// <summary>400 because request and answer do not fit the context.</summary>
    public static ProviderError ContextExceeded(int limit, int prompt, int output) => ProviderError.BadRequest(
        string.Create(CultureInfo.InvariantCulture, $"This model's maximum context length is {limit} tokens. However, you requested {prompt + output} tokens ({prompt} in the messages, {output} in the completion). Please reduce the length of the messages or completion."),
        "messages", "context_length_exceeded");

    /// <summary>413, 429 or 400 because the request alone is too large.</summary>
    public static ProviderError TooLarge(string model, int limit, int tokens, TooLargeAs form) => form switch
    {
        TooLargeAs.PayloadTooLarge => BodyTooLarge,
        TooLargeAs.RateLimited => RateLimited(model, new RateRefusal("tokens", limit, tokens, null)),
        TooLargeAs.BadRequest => ProviderError.BadRequest(
            string.Create(CultureInfo.InvariantCulture, $"The request has {tokens} tokens, more than the {limit} that are allowed. Reduce the length of the messages."), null, "bad_request"),
    };
}
