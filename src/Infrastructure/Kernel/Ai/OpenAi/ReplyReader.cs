using System.Text;
using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>Reads the body of a success, tolerant of what compatible servers leave out or write differently.</summary>
internal static class ReplyReader
{
    /// <summary>No bill says more; keeps nonsense from overflowing.</summary>
    private const long MostTokens = 100_000_000;

    /// <summary>Reads a body.</summary>
    /// <returns>The reply; an error when it holds none.</returns>
    public static Result<ModelReply> Read(ReadOnlySpan<byte> body, ModelRequest request)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 32 });
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement, request);
        }
        catch (JsonException)
        {
            return ModelErrors.BrokenAnswer();
        }
    }

    private static Result<ModelReply> Read(JsonElement root, ModelRequest request)
    {
        if (Member(root, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0
            || Member(choices[0], "message") is not { ValueKind: JsonValueKind.Object } message)
        {
            // Some gateways wrap the status of the server behind them into a success.
            var error = ProviderError.Read(root);
            return int.TryParse(error.Code, out var status) && status is >= 400 and < 600
                ? ProviderFailures.Classify(status, error, retryAfter: null)
                : ModelErrors.BrokenAnswer();
        }

        var content = Text(Member(message, "content"));
        var hasRefusal = Member(message, "refusal") is { ValueKind: JsonValueKind.String } refusal && refusal.GetString()!.Length > 0;
        var stop = Member(choices[0], "finish_reason") is { ValueKind: JsonValueKind.String } reason ? reason.GetString() : null;
        return new ModelReply(
            content,
            stop switch
            {
                "content_filter" => ModelStop.Refused,
                _ when hasRefusal => ModelStop.Refused,
                "length" or "max_tokens" => ModelStop.Length,
                _ => ModelStop.Finished,
            },
            Usage(Member(root, "usage"), request),
            request.Sections.Select(static section => section.Page).ToValueList());
    }

    /// <summary>What the provider counts. Where it does not, the most that the call can have taken.</summary>
    private static TokenUsage Usage(JsonElement? usage, ModelRequest request)
    {
        if (Count(usage, "prompt_tokens") is not { } input || input == 0 || Count(usage, "completion_tokens") is not { } output)
        {
            return new TokenUsage(request.InputTokenBound, request.MaximumOutputTokens, Estimated: true);
        }

        // Some servers count reasoning in the total only; it is billed all the same.
        var beyondInput = (Count(usage, "total_tokens") ?? 0) - input;
        var cached = usage is { } counted ? Count(Member(counted, "prompt_tokens_details"), "cached_tokens") : null;
        return new TokenUsage(input, Math.Max(output, beyondInput), Math.Min(cached ?? 0, input));
    }

    private static int? Count(JsonElement? owner, string name) =>
        owner is { } known && Member(known, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && value >= 0
            ? (int)Math.Min(value, MostTokens)
            : null;

    /// <summary>A string, or the text parts of a list.</summary>
    private static string Text(JsonElement? content)
    {
        if (content is not { ValueKind: JsonValueKind.Array } parts)
        {
            return content is { ValueKind: JsonValueKind.String } text ? text.GetString()! : string.Empty;
        }

        var joined = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            joined.Append(Text(Member(part, "text")));
        }

        return joined.ToString();
    }

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind is JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;
}
