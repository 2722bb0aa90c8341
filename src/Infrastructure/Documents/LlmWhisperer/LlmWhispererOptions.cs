using System.ComponentModel.DataAnnotations;
using Idp.Application.Kernel.Concurrency;
using Idp.Infrastructure.Documents.Tesseract;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>How LLMWhisperer is asked, how fast, and what it costs; section <c>LLMWHISPERER</c>.</summary>
public sealed class LlmWhispererOptions : IValidatableObject
{
    private const string OwnHost = ".unstract.com";

    /// <summary>The address before <c>/whisper</c>.</summary>
    /// <value>Default that of the United States; <c>https://llmwhisperer-api.eu-west.unstract.com/api/v2</c> is that of Europe.</value>
    public string BaseUrl { get; init; } = "https://llmwhisperer-api.us-central.unstract.com/api/v2";

    /// <summary>The key; never shown.</summary>
    /// <value>Default none: no key is sent.</value>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>How thorough, and how dear.</summary>
    /// <value>Default <c>form</c>.</value>
    [AllowedValues("native_text", "low_cost", "high_quality", "form", "table")]
    public string Mode { get; init; } = "form";

    /// <summary>True to ask for the heights of lines too.</summary>
    /// <value>Default true.</value>
    public bool LineBoxes { get; init; } = true;

    /// <summary>Documents at the service at the same time, always this many; 1 is one after the other. Null lets the gate find the number.</summary>
    [Range(1, 256)]
    public int? MaxConcurrency { get; init; }

    /// <summary>Submissions that may begin in a minute, and at once after a rest; null for no limit of our own.</summary>
    [Range(1, 1_000_000)]
    public int? RequestsPerMinute { get; init; }

    /// <summary>US dollars for one page; null takes the price table's.</summary>
    [Range(0, 1000)]
    public decimal? PricePerPage { get; init; }

    /// <summary>The dated price table of recognition services.</summary>
    /// <value>Default <c>prices/recognition.json</c> beside the program.</value>
    [Required]
    public string PricesFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "prices", "recognition.json");

    /// <summary>The longest time for one request, in seconds.</summary>
    /// <value>Default 120.</value>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>The most tries of one request that meets server errors, the first included. "Slow down" is not counted here.</summary>
    /// <value>Default 6.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 6;

    /// <summary>How long a document is waited for at a stretch, in seconds; later its work goes on where it was.</summary>
    /// <value>Default 1,800.</value>
    [Range(1, 86_400)]
    public int DeadlineSeconds { get; init; } = 1800;

    /// <summary>The longest pause between two looks at a document, in seconds; the first pauses are far shorter.</summary>
    /// <value>Default 10.</value>
    [Range(0.05, 600)]
    public double LongestPollSeconds { get; init; } = 10;

    /// <summary>The address with a slash at its end.</summary>
    internal Uri Address => new(BaseUrl.TrimEnd('/') + "/");

    /// <summary>Names the gate of its limits.</summary>
    public ProviderGateKey GateKey => new(Address.AbsoluteUri.TrimEnd('/'), ProviderGateKey.HashOf(ApiKey), "recognition");

    /// <summary>What is wrong when LLMWhisperer is to be asked; null when nothing is.</summary>
    public string? FaultWith(OcrOptions ocr) =>
        ocr.IsService && ApiKey.Length == 0 && Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) && address.Host.EndsWith(OwnHost, StringComparison.OrdinalIgnoreCase)
            ? "LLMWHISPERER__API_KEY must be set for unstract.com when OCR__PROVIDER is 'llmwhisperer'; for another server set LLMWHISPERER__BASE_URL."
            : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0 || address.Query.Length > 0)
        {
            yield return new("LLMWHISPERER__BASE_URL must be an address such as https://llmwhisperer-api.us-central.unstract.com/api/v2, without a name, password or query.");
        }

        if (ApiKey.Any(static character => character is < '!' or > '~'))
        {
            yield return new("LLMWHISPERER__API_KEY holds blanks or characters that no key has.");
        }
    }
}
