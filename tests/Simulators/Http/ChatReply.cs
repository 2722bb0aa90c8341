using System.Text.Json.Nodes;

namespace Idp.Simulators.Http;

/// <summary>A chat completion as it goes over the wire.</summary>
/// <param name="Id">Identifies the reply.</param>
/// <param name="Model">The model asked for.</param>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Text">What the model says.</param>
/// <param name="IsRefusal">Whether it refuses.</param>
/// <param name="FinishReason">Why it stopped.</param>
/// <param name="PromptTokens">Tokens read.</param>
/// <param name="CompletionTokens">Tokens written.</param>
/// <param name="SendsUsage">Whether the reply says its tokens.</param>
internal sealed record ChatReply(
    string Id, string Model, long Created, string Text, bool IsRefusal, string FinishReason, int PromptTokens, int CompletionTokens, bool SendsUsage)
{
    /// <summary>As one object.</summary>
    public JsonObject ToJson()
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = IsRefusal ? null : Text, ["refusal"] = IsRefusal ? Text : null };
        var reply = Envelope("chat.completion", new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = FinishReason });
        if (SendsUsage)
        {
            reply["usage"] = Usage();
        }

        return reply;
    }

    /// <summary>As a stream: the text, the end, and the usage where asked for.</summary>
    public IReadOnlyList<JsonObject> ToStream(bool withUsage)
    {
        List<JsonObject> events =
        [
            Chunk(new JsonObject { ["role"] = "assistant", [IsRefusal ? "refusal" : "content"] = Text }, null),
            Chunk([], FinishReason),
        ];
        if (withUsage && SendsUsage)
        {
            var last = Envelope("chat.completion.chunk", null);
            last["usage"] = Usage();
            events.Add(last);
        }

        return events;
    }

    private JsonObject Chunk(JsonObject delta, string? finish) =>
        Envelope("chat.completion.chunk", new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish });

    private JsonObject Envelope(string kind, JsonObject? choice) => new()
    {
        ["id"] = Id,
        ["object"] = kind,
        ["created"] = Created,
        ["model"] = Model,
        ["choices"] = choice is null ? [] : new JsonArray(choice),
        ["system_fingerprint"] = "simulator",
    };

    private JsonObject Usage() => new()
    {
        ["prompt_tokens"] = PromptTokens,
        ["completion_tokens"] = CompletionTokens,
        ["total_tokens"] = PromptTokens + CompletionTokens,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
    };
}
