using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Which language model reads documents, how fast, and what it costs; section <c>LLM</c>.</summary>
public sealed class LanguageModelOptions : IValidatableObject
{
    /// <summary>The provider that is no model.</summary>
    public const string OfflineProvider = "offline";

    /// <summary>The provider for every server that speaks OpenAI's chat interface.</summary>
    public const string OpenAiProvider = "openai";

    private const string OpenAiBase = "https://api.openai.com/v1";

    /// <summary>The provider.</summary>
    /// <value>Default <c>offline</c>: rules, no model.</value>
    [AllowedValues(OfflineProvider, OpenAiProvider)]
    public string Provider { get; init; } = OfflineProvider;

    /// <summary>The address before <c>/chat/completions</c>; a query such as <c>?api-version=…</c> is kept.</summary>
    /// <value>Default OpenAI's own.</value>
    public string BaseUrl { get; init; } = OpenAiBase;

    /// <summary>The key; never shown.</summary>
    /// <value>Default none: no key is sent.</value>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>The model's name at the provider.</summary>
    /// <value>Default none.</value>
    public string Model { get; init; } = string.Empty;

    /// <summary>The longest time for one try, in seconds.</summary>
    /// <value>Default 120.</value>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>The most tries of one call that meets server errors, the first included. "Slow down" is not counted here.</summary>
    /// <value>Default 6.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 6;

    /// <summary>Requests a minute that the provider allows.</summary>
    /// <value>Default unknown: found by asking.</value>
    [Range(1, 1_000_000)]
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens a minute, sent and answered together, that the provider allows.</summary>
    /// <value>Default unknown: found by asking.</value>
    [Range(1, int.MaxValue)]
    public int? TokensPerMinute { get; init; }

    /// <summary>The most calls at a time.</summary>
    /// <value>Default none: found by asking.</value>
    [Range(1, 4096)]
    public int? MaxConcurrency { get; init; }

    /// <summary>The longest reply, in tokens.</summary>
    /// <value>Default 8000.</value>
    [Range(16, 1_000_000)]
    public int MaxOutputTokens { get; init; } = 8000;

    /// <summary>US dollars for a million tokens sent; wins over the price table.</summary>
    /// <value>Default from the price table.</value>
    [Range(0, 10_000)]
    public decimal? PriceInputPerMillion { get; init; }

    /// <summary>US dollars for a million tokens answered; wins over the price table.</summary>
    /// <value>Default from the price table.</value>
    [Range(0, 10_000)]
    public decimal? PriceOutputPerMillion { get; init; }

    /// <summary>US dollars for a million tokens sent that the provider had cached.</summary>
    /// <value>Default as other tokens sent.</value>
    [Range(0, 10_000)]
    public decimal? PriceCachedInputPerMillion { get; init; }

    /// <summary>The dated price table.</summary>
    /// <value>Default: <c>prices/models.json</c> beside the program.</value>
    [Required]
    public string PricesFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "prices", "models.json");

    /// <summary>True when no model is asked.</summary>
    public bool IsOffline => Provider == OfflineProvider;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PriceInputPerMillion is null != PriceOutputPerMillion is null)
        {
            yield return new("Set LLM__PRICE_INPUT_PER_MILLION and LLM__PRICE_OUTPUT_PER_MILLION together; one of them says nothing.");
        }

        if (PriceCachedInputPerMillion is { } cached && !(cached <= PriceInputPerMillion))
        {
            yield return new("LLM__PRICE_CACHED_INPUT_PER_MILLION needs LLM__PRICE_INPUT_PER_MILLION and cannot be above it.");
        }

        if (ApiKey.Any(static character => character is < '!' or > '~'))
        {
            yield return new("LLM__API_KEY holds blanks or characters that no key has.");
        }

        if (Provider != OpenAiProvider)
        {
            yield break;
        }

        if (Model.Length == 0)
        {
            yield return new("LLM__MODEL must name the model when LLM__PROVIDER is 'openai'.");
        }

        if (AddressFault() is { } fault)
        {
            yield return new($"LLM__BASE_URL {fault}.");
        }
        else if (ApiKey.Length == 0 && new Uri(BaseUrl).Host == new Uri(OpenAiBase).Host)
        {
            yield return new("LLM__API_KEY must be set for api.openai.com; for another server set LLM__BASE_URL.");
        }
    }

    private string? AddressFault() => Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) switch
    {
        false => "must be an absolute address such as http://127.0.0.1:8080/v1",
        true when address!.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps => "must begin with http:// or https://",
        true when address!.UserInfo.Length > 0 => "must not hold a name or password; the key belongs into LLM__API_KEY",
        true when address!.Fragment.Length > 0 => "must not hold a fragment (#)",
        _ => null,
    };
}
