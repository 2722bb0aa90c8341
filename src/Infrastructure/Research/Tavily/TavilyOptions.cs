using System.ComponentModel.DataAnnotations;
using Idp.Application.Kernel.Concurrency;
using Microsoft.Extensions.Configuration;

namespace Idp.Infrastructure.Research.Tavily;

/// <summary>How Tavily is asked, how fast, and what it costs; section <c>TAVILY</c>.</summary>
public sealed class TavilyOptions : IValidatableObject
{
    private const string OwnBase = "https://api.tavily.com";

    /// <summary>The address before <c>/search</c>.</summary>
    /// <value>Default Tavily's own.</value>
    public string BaseUrl { get; init; } = OwnBase;

    /// <summary>The key; never shown.</summary>
    /// <value>Default none: no key is sent.</value>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>Searches at the same time on this node; variable <c>TAVILY_CONCURRENCY</c>.</summary>
    /// <value>Default 50.</value>
    [ConfigurationKeyName("TAVILY_CONCURRENCY")]
    [Range(1, 1000)]
    public int Concurrency { get; init; } = 50;

    /// <summary>Requests that may begin in a minute, and at once after a rest: 100 with a development key, 1,000 with a production key.</summary>
    /// <value>Default 100.</value>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; init; } = 100;

    /// <summary>US dollars for one credit.</summary>
    /// <value>Default 0.008.</value>
    [Range(0, 1000)]
    public decimal PricePerCredit { get; init; } = 0.008m;

    /// <summary>The longest time for one try, in seconds.</summary>
    /// <value>Default 60.</value>
    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>The most tries of one search that meets server errors, the first included. "Slow down" is not counted here.</summary>
    /// <value>Default 6.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 6;

    /// <summary>How long an answer serves for the same question, in days.</summary>
    /// <value>Default 7.</value>
    [Range(0, 3650)]
    public int CacheDays { get; init; } = 7;

    /// <summary>The address with a slash at its end.</summary>
    internal Uri Address => new(BaseUrl.TrimEnd('/') + "/");

    /// <summary>Names the gate of its limits.</summary>
    public ProviderGateKey GateKey => new(Address.AbsoluteUri.TrimEnd('/'), ProviderGateKey.HashOf(ApiKey), "search");

    /// <summary>What is wrong when Tavily is to be asked; null when nothing is.</summary>
    public string? FaultWith(WebSearchOptions search) =>
        search.IsTavily && ApiKey.Length == 0 && Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) && address.Host == new Uri(OwnBase).Host
            ? "TAVILY__API_KEY must be set for api.tavily.com when SEARCH__PROVIDER is 'tavily'; for another server set TAVILY__BASE_URL."
            : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0 || address.Query.Length > 0)
        {
            yield return new("TAVILY__BASE_URL must be an address such as https://api.tavily.com, without a name, password or query.");
        }

        if (ApiKey.Any(static character => character is < '!' or > '~'))
        {
            yield return new("TAVILY__API_KEY holds blanks or characters that no key has.");
        }
    }
}
