using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Http;

/// <summary>What a search asks for, understood and within its rules.</summary>
internal sealed class SearchRequest
{
    private const int MostQueryCharacters = 400;
    private const int MostResults = 20;
    private const int UsualResults = 5;
    private const int MostChunks = 3;

    private static readonly string[] Depths = ["basic", "advanced", "fast", "ultra-fast"];
    private static readonly string[] Topics = ["general", "news", "finance"];
    private static readonly string[] Ranges = ["day", "week", "month", "year", "d", "w", "m", "y"];
    private static readonly string[] RawForms = ["false", "true", "markdown", "text"];
    private static readonly string[] Answers = ["false", "true", "basic", "advanced"];

    private SearchRequest(JsonObject body)
    {
        Query = Text(body, "query") is { } query && !string.IsNullOrWhiteSpace(query) ? query : throw new JsonException("Query is missing.");
        if (Query.Length > MostQueryCharacters)
        {
            throw new JsonException("Query is too long. Max query length is 400 characters.");
        }

        Depth = Choice(body, "search_depth", Depths);
        Topic = Choice(body, "topic", Topics) ?? Topics[0];
        Choice(body, "time_range", Ranges);
        MaxResults = Number(body, "max_results", 0, MostResults) ?? UsualResults;
        Chunks = Number(body, "chunks_per_source", 1, MostChunks) ?? MostChunks;
        RawContent = Choice(body, "include_raw_content", RawForms) is { } form && form != "false" ? form : null;
        WantsAnswer = Choice(body, "include_answer", Answers) is { } answer && answer != "false";
        WantsUsage = Flag(body, "include_usage");
        WantsFavicon = Flag(body, "include_favicon");
        ChoosesItself = Flag(body, "auto_parameters");
        OnlyDomains = Names(body, "include_domains");
        NotDomains = Names(body, "exclude_domains");
        From = Day(body, "start_date");
        Until = Day(body, "end_date");
    }

    /// <summary>What is searched for.</summary>
    public string Query { get; }

    /// <summary>How thoroughly; null where the request does not say.</summary>
    public string? Depth { get; }

    /// <summary><c>general</c>, <c>news</c> or <c>finance</c>.</summary>
    public string Topic { get; }

    /// <summary>How many results at most.</summary>
    public int MaxResults { get; }

    /// <summary>How many pieces a snippet of a thorough search has.</summary>
    public int Chunks { get; }

    /// <summary>The form of the raw content; null: none is wanted.</summary>
    public string? RawContent { get; }

    /// <summary>Whether an answer in words is wanted.</summary>
    public bool WantsAnswer { get; }

    /// <summary>Whether the reply says what it cost.</summary>
    public bool WantsUsage { get; }

    /// <summary>Whether results carry an icon.</summary>
    public bool WantsFavicon { get; }

    /// <summary>Whether the provider may choose the depth, and its price.</summary>
    public bool ChoosesItself { get; }

    /// <summary>Hosts that results must be of; empty: any.</summary>
    public IReadOnlyList<string> OnlyDomains { get; }

    /// <summary>Hosts that results must not be of.</summary>
    public IReadOnlyList<string> NotDomains { get; }

    /// <summary>The first day of publication.</summary>
    public DateOnly? From { get; }

    /// <summary>The last day of publication.</summary>
    public DateOnly? Until { get; }

    /// <summary>Reads a body. Parameters that the simulator does not know are passed over.</summary>
    /// <exception cref="JsonException">One is missing, of the wrong type or out of its range; the message is the provider's.</exception>
    public static SearchRequest Read(JsonObject body)
    {
        try
        {
            return new SearchRequest(body);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException("A parameter is of the wrong type: " + exception.Message, exception);
        }
    }

    private static string? Text(JsonObject body, string name) => body[name]?.GetValue<string>();

    private static bool Flag(JsonObject body, string name) => body[name]?.GetValue<bool>() ?? false;

    private static IReadOnlyList<string> Names(JsonObject body, string name) => [.. (body[name]?.AsArray() ?? []).Select(static item => item!.GetValue<string>())];

    private static int? Number(JsonObject body, string name, int least, int most) => body[name] is not { } value ? null
        : value.GetValue<int>() is var number && number >= least && number <= most ? number
        : throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"Invalid {name}. Must be between {least} and {most}."));

    /// <summary>One of several words, or true and false as words.</summary>
    private static string? Choice(JsonObject body, string name, string[] choices)
    {
        if (body[name] is not { } value)
        {
            return null;
        }

        var chosen = value.GetValueKind() switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.GetValue<string>(),
        };
        return choices.Contains(chosen, StringComparer.Ordinal) ? chosen : throw new JsonException($"Invalid {name}. Must be one of: {string.Join(", ", choices)}.");
    }

    private static DateOnly? Day(JsonObject body, string name) => Text(body, name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new JsonException($"Invalid {name}. Must be a date in the form YYYY-MM-DD.");
}
