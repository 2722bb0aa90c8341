using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Idp.Application.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Kernel.Providers;
using Microsoft.Extensions.Logging;
using RestEase;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>How a submission stands.</summary>
internal enum WhisperState
{
    /// <summary>It waits, or is worked on.</summary>
    Working,

    /// <summary>Its text can be fetched.</summary>
    Processed,

    /// <summary>Its text was fetched.</summary>
    Delivered,

    /// <summary>It came to nothing.</summary>
    Failed,
}

/// <summary>Single requests over HTTP, by the one client of the process. Tells when a request was cut off for its time.</summary>
internal sealed class WhisperTransport : IDisposable
{
    private const int MostReplyBytes = 64 * 1024 * 1024;
    private const int LongestHash = 512;

    private readonly HttpClient _http;
    private readonly ILlmWhisperer _service;
    private readonly BoundedExchange _exchange;
    private readonly LlmWhispererOptions _options;
    private readonly OcrOptions _ocr;
    private readonly TimeProvider _clock;
    private readonly ILogger<WhisperTransport> _logger;

    public WhisperTransport(LlmWhispererOptions options, OcrOptions ocr, TimeProvider clock, ILogger<WhisperTransport> logger)
    {
        (_options, _ocr, _clock, _logger) = (options, ocr, clock, logger);
        _http = ProviderClient.To(options.Address, bearer: string.Empty);
        _exchange = new BoundedExchange(options.TimeoutSeconds, "LLMWHISPERER__TIMEOUT_SECONDS", clock);
        if (options.ApiKey.Length > 0)
        {
            _http.DefaultRequestHeaders.Add("unstract-key", options.ApiKey);
        }

        _service = new RestClient(_http).For<ILlmWhisperer>();
    }

    /// <summary>Submits a file.</summary>
    /// <param name="content">Its bytes, from the beginning; read once.</param>
    /// <param name="pages">The pages that are wanted, such as <c>1-5,7</c>; empty for all.</param>
    /// <param name="ct">Cuts the request off.</param>
    /// <returns>The name by which the service knows it.</returns>
    public Task<Result<string>> SubmitAsync(Stream content, string pages, CancellationToken ct) => ExchangeAsync<string>(
        async token =>
        {
            using var file = new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
            return await _service.SubmitAsync(file, OptionsFor(pages), token);
        },
        static body => Parse(body, WhisperJson.Default.WhisperAccepted)?.WhisperHash is { Length: > 0 and <= LongestHash } hash ? hash : RecognitionErrors.BrokenAnswer(),
        static (status, _, retryAfter) => WhisperFailures.OfSubmission(status, retryAfter),
        ct);

    /// <summary>Asks how a submission stands.</summary>
    public Task<Result<WhisperState>> StatusAsync(string hash, CancellationToken ct) => ExchangeAsync<WhisperState>(
        token => _service.StatusAsync(hash, token),
        static body => Parse(body, WhisperJson.Default.WhisperStatus)?.Status is { } status ? StateOf(status) : RecognitionErrors.Unavailable("its status cannot be read"),
        WhisperFailures.OfQuestion,
        ct);

    /// <summary>Fetches a text.</summary>
    /// <returns>The reply as it came.</returns>
    public Task<Result<string>> RetrieveAsync(string hash, CancellationToken ct) => ExchangeAsync<string>(
        token => _service.RetrieveAsync(hash, token), static body => Encoding.UTF8.GetString(body), WhisperFailures.OfQuestion, ct);

    /// <summary>Asks where the lines stand.</summary>
    /// <returns>The reply as it came.</returns>
    public Task<Result<string>> HighlightsAsync(string hash, CancellationToken ct) => ExchangeAsync<string>(
        token => _service.HighlightsAsync(hash, "1-", token), static body => Encoding.UTF8.GetString(body), WhisperFailures.OfQuestion, ct);

    /// <summary>Sees whether the service answers and takes the key.</summary>
    public Task<Result<Done>> GreetAsync(CancellationToken ct) =>
        ExchangeAsync<Done>(_service.UsageAsync, static _ => Done.Value, static (status, _, retryAfter) => WhisperFailures.OfSubmission(status, retryAfter), ct);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Reads a status, also one of other versions of the service.</summary>
    internal static WhisperState StateOf(string status) => status.ToLowerInvariant() switch
    {
        "processed" => WhisperState.Processed,
        "retrieved" or "delivered" => WhisperState.Delivered,
        "failed" or "webhook_retries_exceeded" => WhisperState.Failed,
        var other when other.Contains("error", StringComparison.Ordinal) => WhisperState.Failed,
        _ => WhisperState.Working,
    };

    /// <summary>Reads a reply; null when it is none.</summary>
    internal static T? Parse<T>(byte[] body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Dictionary<string, string> OptionsFor(string pages)
    {
        var options = new Dictionary<string, string>
        {
            ["mode"] = _options.Mode,
            ["output_mode"] = "layout_preserving",

            // Older versions of the service know only the misspelt name.
            ["page_separator"] = WhisperTextFormat.PageSeparator,
            ["page_seperator"] = WhisperTextFormat.PageSeparator,
            ["lang"] = _ocr.Languages,
        };
        if (pages.Length > 0)
        {
            options["pages_to_extract"] = pages;
        }

        if (_options.LineBoxes)
        {
            options["add_line_nos"] = "true";
        }

        return options;
    }

    private Task<Result<T>> ExchangeAsync<T>(
        Func<CancellationToken, Task<HttpResponseMessage>> send, Func<byte[], Result<T>> read, Func<int, byte[], TimeSpan?, Error> explain, CancellationToken ct) => _exchange.RunAsync<Result<T>>(
        async token =>
        {
            using var response = await send(token);
            var (body, isWhole) = await BoundedBody.ReadAsync(response.Content, MostReplyBytes, token);
            if (response.IsSuccessStatusCode)
            {
                return isWhole ? read(body) : RecognitionErrors.BrokenAnswer();
            }

            var failure = explain((int)response.StatusCode, body, ProviderHeaders.RetryAfter(response.Headers, _clock.GetUtcNow()));
            _logger.RequestRefused((int)response.StatusCode, failure.Code);
            return failure;
        },
        static lost => lost.MayHaveArrived ? RecognitionErrors.NoAnswer(lost.Why) : RecognitionErrors.Unavailable(lost.Why),
        ct);
}
