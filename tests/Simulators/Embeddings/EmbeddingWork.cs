using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Simulators.Http;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;

namespace Idp.Simulators.Embeddings;

/// <summary>One embeddings request: a text, several texts, or the same as token numbers.</summary>
internal sealed class EmbeddingWork : IModelWork
{
    private const int MostItems = 2_048;
    private const int MostTokensPerItem = 8_192;
    private const int MostTokens = 300_000;
    private const int MostDimensions = 4_096;

    private readonly List<string> _inputs;
    private readonly List<int> _tokens;
    private readonly bool _isBase64;
    private readonly int _dimensions;

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">A part is missing or of the wrong type.</exception>
    public EmbeddingWork(JsonObject body)
    {
        try
        {
            Model = body["model"]?.GetValue<string>() ?? throw new JsonException("you must provide a model parameter");
            (_inputs, _tokens) = Inputs(body["input"] ?? throw new JsonException("you must provide an input parameter"));
            _isBase64 = (body["encoding_format"]?.GetValue<string>() ?? "float") switch
            {
                "float" => false,
                "base64" => true,
                var other => throw new JsonException($"'{other}' is not one of ['float', 'base64'] - 'encoding_format'"),
            };
            _dimensions = body["dimensions"]?.GetValue<int>() ?? HashedEmbedding.DefaultDimensions;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException("A parameter is of the wrong type: " + exception.Message, exception);
        }

        PromptTokens = _tokens.Sum();
        RequestHash = Hash.Of([Model, .. _inputs]);
    }

    /// <inheritdoc />
    public string Model { get; }

    /// <inheritdoc />
    public string? Task => null;

    /// <inheritdoc />
    public string? Account => null;

    /// <inheritdoc />
    public IReadOnlyList<int> Pages => [];

    /// <inheritdoc />
    public IReadOnlyList<string> PageHashes => [];

    /// <inheritdoc />
    public string RequestHash { get; }

    /// <inheritdoc />
    public int PromptTokens { get; }

    /// <inheritdoc />
    public ProviderError? Check(SimulatorOptions options) =>
        _inputs.Count is 0 or > MostItems ? ProviderError.BadRequest($"'$.input' is invalid: 1 to {MostItems} items.", "input")
        : _inputs.Any(static input => input.Length == 0) ? ProviderError.BadRequest("'$.input' is invalid: an item is empty.", "input")
        : _tokens.Max() > MostTokensPerItem
            ? ProviderError.BadRequest($"This model's maximum context length is {MostTokensPerItem} tokens, however you requested {_tokens.Max()} tokens. Please reduce your prompt.", "input", "context_length_exceeded")
        : PromptTokens > MostTokens ? ProviderError.BadRequest($"Requested {PromptTokens} tokens, max {MostTokens} tokens per request", "input", "max_tokens_per_request")
        : _dimensions is < 1 or > MostDimensions ? ProviderError.BadRequest($"'dimensions' must be 1 to {MostDimensions}.", "dimensions")
        : null;

    /// <inheritdoc />
    public decimal Price(PriceOptions prices, ModelReply reply) => PromptTokens * prices.EmbeddingPerMillion / 1_000_000m;

    /// <inheritdoc />
    public ModelReply Compute(SimulatorOptions options, FaultDraw draw, string replyId, DateTimeOffset now)
    {
        var reply = new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. _inputs.Select((input, index) => (JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = index, ["embedding"] = Written(input) })]),
            ["model"] = Model,
        };
        if (options.Dialect.SendUsage && !draw.Has(Fault.MissingUsage))
        {
            reply["usage"] = new JsonObject { ["prompt_tokens"] = PromptTokens, ["total_tokens"] = PromptTokens };
        }

        return new ModelReply(reply, 0, null);
    }

    private JsonNode Written(string input)
    {
        var vector = HashedEmbedding.Of(input, _dimensions);
        if (!_isBase64)
        {
            return new JsonArray([.. vector.Select(static number => (JsonNode)number)]);
        }

        var bytes = new byte[vector.Length * sizeof(float)];
        for (var index = 0; index < vector.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), vector[index]);
        }

        return Convert.ToBase64String(bytes);
    }

    private static (List<string> Inputs, List<int> Tokens) Inputs(JsonNode input)
    {
        List<JsonNode?> items = input is not JsonArray list || list.Count > 0 && list[0] is JsonValue first && first.GetValueKind() is JsonValueKind.Number ? [input] : [.. list];
        return ([.. items.Select(TextOf)], [.. items.Select(static item => item is JsonArray numbers ? numbers.Count : TokenCounter.Count(TextOf(item)))]);
    }

    /// <summary>Token numbers stand for words of their own.</summary>
    private static string TextOf(JsonNode? item) => item switch
    {
        JsonArray numbers => string.Join(' ', numbers.Select(static number => number!.GetValue<int>())),
        { } text => text.GetValue<string>(),
        null => throw new JsonException("'$.input' is invalid: an item is null."),
    };
}
