using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Http;

/// <summary>One message of a chat.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">The content; parts of type <c>text</c> joined.</param>
internal sealed record ChatMessage(string Role, string Text);

/// <summary>A chat request as it came over the wire.</summary>
internal sealed record ChatRequest
{
    /// <summary>The model asked for.</summary>
    public required string Model { get; init; }

    /// <summary>The messages, in order.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</summary>
    public required string ResponseFormat { get; init; }

    /// <summary>The name of the schema.</summary>
    public string? SchemaName { get; init; }

    /// <summary>The schema itself.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Whether the schema is strict.</summary>
    public bool IsStrict { get; init; }

    /// <summary><c>max_completion_tokens</c>.</summary>
    public int? MaxCompletionTokens { get; init; }

    /// <summary><c>max_tokens</c>.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Whether the reply comes as server-sent events.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether a streamed reply ends with its usage.</summary>
    public bool StreamsUsage { get; init; }

    /// <summary>The output limit that was asked for, by either name.</summary>
    public int? OutputLimit => MaxCompletionTokens ?? MaxTokens;

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">A part is missing or of the wrong type.</exception>
    public static ChatRequest Read(JsonObject body)
    {
        try
        {
            var messages = Required(body, "messages").AsArray().Select(ReadMessage).ToList();
            var format = body["response_format"] as JsonObject;
            var schema = format?["json_schema"] as JsonObject;
            return new ChatRequest
            {
                Model = Required(body, "model").GetValue<string>(),
                Messages = messages.Count > 0 ? messages : throw new JsonException("'messages' must hold at least one message."),
                ResponseFormat = format?["type"]?.GetValue<string>() ?? "text",
                SchemaName = schema?["name"]?.GetValue<string>(),
                Schema = schema?["schema"] as JsonObject,
                IsStrict = schema?["strict"]?.GetValue<bool>() ?? false,
                MaxCompletionTokens = body["max_completion_tokens"]?.GetValue<int>(),
                MaxTokens = body["max_tokens"]?.GetValue<int>(),
                IsStream = body["stream"]?.GetValue<bool>() ?? false,
                StreamsUsage = body["stream_options"]?["include_usage"]?.GetValue<bool>() ?? false,
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException("A parameter is of the wrong type: " + exception.Message, exception);
        }
    }

    private static JsonNode Required(JsonObject body, string name) =>
        body[name] ?? throw new JsonException($"you must provide a {name} parameter");

    private static ChatMessage ReadMessage(JsonNode? node)
    {
        var message = node?.AsObject() ?? throw new JsonException("A message must be an object.");
        var text = message["content"] switch
        {
            JsonArray parts => string.Join('\n', parts.Select(static part => part?["text"]?.GetValue<string>()).OfType<string>()),
            { } content => content.GetValue<string>(),
            null => string.Empty,
        };
        return new ChatMessage(Required(message, "role").GetValue<string>(), text.Normalize(NormalizationForm.FormC));
    }
}
