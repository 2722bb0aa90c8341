using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Idp.Simulators.Web;

namespace Idp.Simulators.Http;

/// <summary>One search.</summary>
internal sealed class SearchWork : IModelWork
{
    private const string Thorough = "advanced";

    private readonly SearchRequest _request;
    private readonly SimulatedWeb _web;
    private readonly long _creditsBilled;
    private readonly string _depth;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The request.</param>
    /// <param name="web">Where is searched.</param>
    /// <param name="creditsBilled">What has been used up.</param>
    /// <exception cref="System.Text.Json.JsonException">The request is not within the rules.</exception>
    public SearchWork(JsonObject body, SimulatedWeb web, long creditsBilled)
    {
        _request = SearchRequest.Read(body);
        (_web, _creditsBilled) = (web, creditsBilled);
        RequestHash = Hash.Of([body.ToJsonString()]);

        // Whoever leaves the choice to the provider pays double for about every second query.
        _depth = _request.Depth ?? (_request.ChoosesItself && WebDice.For(_request.Query).Happens(0.5) ? Thorough : "basic");
    }

    /// <inheritdoc />
    public string Model => _depth;

    /// <inheritdoc />
    public string? Task => "search";

    /// <inheritdoc />
    public string? Account => null;

    /// <inheritdoc />
    public string? Query => _request.Query;

    /// <inheritdoc />
    public IReadOnlyList<int> Pages => [];

    /// <inheritdoc />
    public IReadOnlyList<string> PageHashes => [];

    /// <inheritdoc />
    public string RequestHash { get; }

    /// <inheritdoc />
    public int PromptTokens => 0;

    private int Credits => _depth == Thorough ? 2 : 1;

    /// <inheritdoc />
    public ProviderError? Check(SimulatorOptions options) =>
        options.Credits is { Plan: 0, PayAsYouGo: 0 } || _creditsBilled + Credits <= options.Credits.Plan + options.Credits.PayAsYouGo ? null
        : options.Credits.PayAsYouGo > 0 ? TavilyManner.SpendLimit
        : TavilyManner.PlanLimit;

    /// <inheritdoc />
    public decimal Price(PriceOptions prices, ModelReply reply) => reply.Credits * prices.SearchCredit;

    /// <inheritdoc />
    public ModelReply Compute(SimulatorOptions options, FaultDraw draw, string replyId, DateTimeOffset now)
    {
        var company = _web.FindByQuery(_request.Query);
        var pages = (company?.Pages ?? []).Where(IsWanted).OrderByDescending(static page => page.Relevance).Take(_request.MaxResults).ToList();
        var body = new JsonObject
        {
            ["query"] = _request.Query,
            ["follow_up_questions"] = null,
            ["answer"] = _request.WantsAnswer && pages.Count > 0 ? SearchSnippet.Of(pages[0].Text, _request.Query, 1) : null,
            ["images"] = new JsonArray(),
            ["results"] = new JsonArray([.. pages.Select(Result)]),
            ["response_time"] = options.Latency.FixedMilliseconds / 1000.0,
            ["request_id"] = Hash.Of([replyId]),
        };
        if (_request.WantsUsage)
        {
            body["usage"] = new JsonObject { ["credits"] = Credits };
        }

        if (_request.ChoosesItself)
        {
            body["auto_parameters"] = new JsonObject { ["topic"] = _request.Topic, ["search_depth"] = _depth };
        }

        var raw = draw.Has(Fault.MalformedJson) && body.ToJsonString() is var json ? json[..(json.Length * 2 / 3)] : null;
        return new ModelReply(body, 0, null) { Credits = Credits, Raw = raw };
    }

    private bool IsWanted(WebPage page)
    {
        var host = new Uri(page.Url).Host;
        return (_request.OnlyDomains.Count == 0 || _request.OnlyDomains.Any(domain => IsUnder(host, domain)))
            && !_request.NotDomains.Any(domain => IsUnder(host, domain))
            && (_request.From is not { } first || page.Published is not { } published || published >= first)
            && (_request.Until is not { } last || page.Published is not { } day || day <= last);
    }

    private JsonNode Result(WebPage page)
    {
        var result = new JsonObject
        {
            ["title"] = page.Title,
            ["url"] = page.Url,
            ["content"] = SearchSnippet.Of(page.Text, _request.Query, _depth == Thorough ? _request.Chunks : 1),
            ["score"] = page.Relevance,
            ["raw_content"] = _request.RawContent is null || !page.HasRawContent ? null
                : _request.RawContent == "text" ? SearchSnippet.WithoutMarks(page.Text) : page.Text,
        };
        if (_request.WantsFavicon)
        {
            result["favicon"] = new Uri(new Uri(page.Url), "/favicon.ico").AbsoluteUri;
        }

        if (_request.Topic == "news" && page.Published is { } day)
        {
            result["published_date"] = day.ToDateTime(TimeOnly.MinValue).ToString("R", CultureInfo.InvariantCulture);
        }

        return result;
    }

    private static bool IsUnder(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
