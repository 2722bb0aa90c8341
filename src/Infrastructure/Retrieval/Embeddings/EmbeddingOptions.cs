using System.ComponentModel.DataAnnotations;
using Idp.Application.Kernel.Concurrency;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Ai.OpenAi;

namespace Idp.Infrastructure.Retrieval.Embeddings;

/// <summary>Who makes vectors of text, how fast, and what it costs; section <c>EMBEDDING</c>.</summary>
public sealed class EmbeddingOptions : IValidatableObject
{
    private const string NoProvider = "none";
    private const string OpenAiBase = "https://api.openai.com/v1";

    /// <summary><c>none</c>: documents are found by their words alone. <c>openai</c>: any server that speaks OpenAI's embeddings interface.</summary>
    /// <value>Default <c>none</c>.</value>
    [AllowedValues(NoProvider, LanguageModelOptions.OpenAiProvider)]
    public string Provider { get; init; } = NoProvider;

    /// <summary>The address before <c>/embeddings</c>; a query such as <c>?api-version=…</c> is kept.</summary>
    /// <value>Default OpenAI's own.</value>
    public string BaseUrl { get; init; } = OpenAiBase;

    /// <summary>The key; never shown.</summary>
    /// <value>Default none: no key is sent.</value>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>The model's name at the provider.</summary>
    /// <value>Default none.</value>
    public string Model { get; init; } = string.Empty;

    /// <summary>How many numbers a vector is to have; only for models that let one choose.</summary>
    /// <value>1 to 4,096; default as the model has it.</value>
    [Range(1, 4096)]
    public int? Dimensions { get; init; }

    /// <summary>What the model wants before a text that is searched, e.g. <c>passage: </c>.</summary>
    /// <value>Default nothing.</value>
    [MaxLength(1000)]
    public string PassagePrefix { get; init; } = string.Empty;

    /// <summary>What the model wants before a text that is searched for, e.g. <c>query: </c>.</summary>
    /// <value>Default nothing.</value>
    [MaxLength(1000)]
    public string QuestionPrefix { get; init; } = string.Empty;

    /// <summary>The most texts of one call. Where the provider finds a call too large, half of it is sent, and so on.</summary>
    /// <value>1 to 2,048; default 512.</value>
    [Range(1, 2048)]
    public int MaxTextsPerCall { get; init; } = 512;

    /// <summary>The most tokens of one call, as they are estimated here.</summary>
    /// <value>100 to 10,000,000; default 250,000.</value>
    [Range(100, 10_000_000)]
    public int MaxTokensPerCall { get; init; } = 250_000;

    /// <summary>The most tokens of one text; what is longer is cut.</summary>
    /// <value>16 to 1,000,000; default 8,000.</value>
    [Range(16, 1_000_000)]
    public int MaxTokensPerText { get; init; } = 8_000;

    /// <summary>Documents that get their vectors at the same time on this node.</summary>
    /// <value>1 to 64; default 4.</value>
    [Range(1, 64)]
    public int MaxConcurrentDocuments { get; init; } = 4;

    /// <summary>The longest time for one try, in seconds.</summary>
    /// <value>Default 60.</value>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>The most tries of one call that meets server errors, the first included. "Slow down" is not counted here.</summary>
    /// <value>Default 4.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Requests a minute that the provider allows.</summary>
    /// <value>Default unknown: found by asking.</value>
    [Range(1, 1_000_000)]
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens a minute that the provider allows.</summary>
    /// <value>Default unknown: found by asking.</value>
    [Range(1, int.MaxValue)]
    public int? TokensPerMinute { get; init; }

    /// <summary>The most calls at a time.</summary>
    /// <value>Default none: found by asking.</value>
    [Range(1, 4096)]
    public int? MaxConcurrency { get; init; }

    /// <summary>US dollars for a million tokens; wins over the price table. 0 for a server of one's own.</summary>
    /// <value>Default from the price table.</value>
    [Range(0, 10_000)]
    public decimal? PricePerMillion { get; init; }

    /// <summary>True when vectors are made.</summary>
    public bool IsSet => Provider != NoProvider;

    /// <summary>What the gate of the provider is told beforehand.</summary>
    public GateOptions GateOptions => new() { FixedLimit = MaxConcurrency, RequestsPerMinute = RequestsPerMinute, TokensPerMinute = TokensPerMinute };

    /// <summary>Names the gate of its limits; null without a provider.</summary>
    public ProviderGateKey? GateKey => IsSet
        ? new ProviderGateKey(OpenAiAddress.Parse(BaseUrl).Identify(Model).Endpoint, ProviderGateKey.HashOf(ApiKey), Model)
        : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKey.Any(static character => character is < '!' or > '~'))
        {
            yield return new("EMBEDDING__API_KEY holds blanks or characters that no key has.");
        }

        if (MaxTokensPerText > MaxTokensPerCall)
        {
            yield return new("EMBEDDING__MAX_TOKENS_PER_TEXT may not be above EMBEDDING__MAX_TOKENS_PER_CALL.");
        }

        if (!IsSet)
        {
            yield break;
        }

        if (Model.Length == 0)
        {
            yield return new("EMBEDDING__MODEL must name the model when EMBEDDING__PROVIDER is 'openai'.");
        }

        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            yield return new("EMBEDDING__BASE_URL must be an address such as http://127.0.0.1:8080/v1, without a name, password or fragment.");
        }
        else if (ApiKey.Length == 0 && address.Host == new Uri(OpenAiBase).Host)
        {
            yield return new("EMBEDDING__API_KEY must be set for api.openai.com; for another server set EMBEDDING__BASE_URL.");
        }
    }

    /// <summary>The same as the steps of a model's call want it.</summary>
    internal LanguageModelOptions ForCalls(string pricesFile) => new()
    {
        Provider = Provider,
        BaseUrl = BaseUrl,
        ApiKey = ApiKey,
        Model = Model,
        TimeoutSeconds = TimeoutSeconds,
        MaxAttempts = MaxAttempts,
        PriceInputPerMillion = PricePerMillion,
        PriceOutputPerMillion = PricePerMillion is null ? null : 0,
        PricesFile = pricesFile,
    };
}
