using System.Text.Json;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using Idp.Infrastructure.Kernel.Providers;
using Microsoft.Extensions.Logging;
using RestEase;

namespace Idp.Infrastructure.Research.Tavily;

/// <summary>What one try brought.</summary>
/// <param name="Outcome">The answer, or why there is none.</param>
/// <param name="IsTimedOut">True when it was cut off for its time.</param>
internal sealed record TavilyExchange(Result<WebAnswer> Outcome, bool IsTimedOut = false);

/// <summary>One try over HTTP, by the one client of the process.</summary>
internal sealed class TavilyTransport : IDisposable
{
    private const int MostReplyBytes = 32 * 1024 * 1024;

    /// <summary>What is further down on a page than this is not kept, in characters.</summary>
    private const int LongestText = 200_000;

    /// <summary>Gateways answer these when the server behind them did not in time; it may have gone on, and been paid.</summary>
    private static readonly int[] LostBehindAGateway = [504, 524, 598, 599];

    private readonly HttpClient _http;
    private readonly ITavily _tavily;
    private readonly BoundedExchange _exchange;
    private readonly TimeProvider _clock;
    private readonly ILogger<TavilyTransport> _logger;

    public TavilyTransport(TavilyOptions options, TimeProvider clock, ILogger<TavilyTransport> logger)
    {
        (_clock, _logger) = (clock, logger);
        _http = ProviderClient.To(options.Address, options.ApiKey);
        _exchange = new BoundedExchange(options.TimeoutSeconds, "TAVILY__TIMEOUT_SECONDS", clock);
        _tavily = new RestClient(_http) { RequestBodySerializer = new TavilyBodySerializer() }.For<ITavily>();
    }

    /// <summary>Credits that a search costs where the answer does not say it.</summary>
    public static int UsualCreditsOf(SearchDepth depth) => depth switch
    {
        SearchDepth.Basic => 1,
        SearchDepth.Advanced => 2,
    };

    /// <summary>Asks once.</summary>
    public Task<TavilyExchange> SendAsync(WebQuestion question, CancellationToken ct) => _exchange.RunAsync<TavilyExchange>(
        async token => new TavilyExchange(await ExchangeAsync(question, token)),
        static lost => new TavilyExchange(lost.MayHaveArrived ? WebSearchErrors.NoAnswer(lost.Why) : WebSearchErrors.Unavailable(lost.Why), lost.IsTimedOut),
        ct);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Tells failures apart: try again, stop, or report.</summary>
    internal static Error Classify(int status, TimeSpan? retryAfter) => status switch
    {
        401 or 403 => WebSearchErrors.Unauthorised(),
        429 => WebSearchErrors.RateLimited(retryAfter),
        432 => WebSearchErrors.PlanLimit(),
        433 => WebSearchErrors.SpendLimit(),
        _ when LostBehindAGateway.Contains(status) => WebSearchErrors.NoAnswer($"status {status}") with { RetryAfter = retryAfter },
        408 or 409 or 425 or >= 500 => WebSearchErrors.Unavailable($"status {status}") with { RetryAfter = retryAfter },
        _ => WebSearchErrors.BadRequest(status),
    };

    /// <summary>Reads a reply; null when it is none.</summary>
    internal static WebAnswer? Read(ReadOnlySpan<byte> body, SearchDepth depth)
    {
        try
        {
            return JsonSerializer.Deserialize(body, TavilyJson.Default.TavilyReply) is { Results: { } results } reply
                ? new WebAnswer(results.Select(ToSource).OfType<SourceText>().ToValueList(), CreditsOf(reply.Usage, depth))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int CreditsOf(TavilyUsage? usage, SearchDepth depth) =>
        usage?.Credits is >= 0 and < 10_000 and var credits ? (int)Math.Ceiling(credits) : UsualCreditsOf(depth);

    /// <summary>The whole page where there is one, else the extract.</summary>
    private static SourceText? ToSource(TavilyResult? result)
    {
        if (result?.Url is not { Length: > 0 } url)
        {
            return null;
        }

        var text = string.IsNullOrWhiteSpace(result.RawContent) ? result.Content ?? string.Empty : result.RawContent;
        return new SourceText(
            url, result.Title ?? string.Empty, text.Length <= LongestText ? text : text[..LongestText], Math.Clamp(result.Score ?? 0, 0, 1));
    }

    private async Task<Result<WebAnswer>> ExchangeAsync(WebQuestion question, CancellationToken ct)
    {
        var depth = question.Depth == SearchDepth.Advanced ? "advanced" : "basic";
        var request = new TavilyRequest(
            question.Text, depth, "general", question.MaximumResults, "markdown", IncludeAnswer: false, IncludeImages: false, IncludeUsage: true);
        using var response = await _tavily.SearchAsync(request, ct);
        if (response.IsSuccessStatusCode)
        {
            var (body, isWhole) = await BoundedBody.ReadAsync(response.Content, MostReplyBytes, ct);
            return isWhole && Read(body, question.Depth) is { } answer ? answer : WebSearchErrors.BrokenAnswer();
        }

        var failure = Classify((int)response.StatusCode, ProviderHeaders.RetryAfter(response.Headers, _clock.GetUtcNow()));
        _logger.SearchRefused((int)response.StatusCode, failure.Code);
        return failure;
    }
}
