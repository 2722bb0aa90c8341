using System.Text;
using System.Text.Json;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>What a provider says of an error, in any of the forms that compatible servers use; empty where it says nothing.</summary>
/// <param name="Message">A sentence. May quote what was sent: for telling errors apart only, never for logs or people.</param>
/// <param name="Type">The class of error.</param>
/// <param name="Code">The code.</param>
/// <param name="Parameter">The parameter that is refused.</param>
internal sealed record ProviderError(string Message, string Type, string Code, string Parameter)
{
    private const int LongestMessage = 4000;
    private const int LongestWord = 64;

    /// <summary>Nothing was said.</summary>
    public static ProviderError None { get; } = new(string.Empty, string.Empty, string.Empty, string.Empty);

    /// <summary>Reads a body; what is no JSON is the message.</summary>
    public static ProviderError Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return None with { Message = Cut(Encoding.UTF8.GetString(body)) };
        }
    }

    /// <summary>Reads the root of a body: <c>{"error":{…}}</c>, <c>{"error":"…"}</c>, <c>{"message":…}</c>, <c>{"detail":…}</c>.</summary>
    public static ProviderError Read(JsonElement root) => root switch
    {
        { ValueKind: JsonValueKind.String } => None with { Message = Text(root) },
        { ValueKind: not JsonValueKind.Object } => None,
        _ when root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object => Members(error),
        _ when root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.String => Members(root) with { Message = Text(error) },
        _ when root.TryGetProperty("detail", out var detail) => Detail(detail),
        _ => Members(root),
    };

    /// <summary>A word that may be shown: identifiers only, since anything else may be what was sent.</summary>
    public static string Shown(string word) =>
        word.Length <= LongestWord && word.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '[' or ']') ? word : "…";

    /// <summary>True when message, type or code has one of these words.</summary>
    public bool Says(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Message.Contains(word, StringComparison.OrdinalIgnoreCase) || Code.Contains(word, StringComparison.OrdinalIgnoreCase)
                || Type.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static ProviderError Members(JsonElement error) => new(Member(error, "message"), Member(error, "type"), Member(error, "code"), Member(error, "param"));

    /// <summary>A sentence, or FastAPI's list of faults, of which only place and reason count: the rest repeats the request.</summary>
    private static ProviderError Detail(JsonElement detail)
    {
        if (detail.ValueKind is not JsonValueKind.Array)
        {
            return detail.ValueKind is JsonValueKind.Object ? Members(detail) : None with { Message = Text(detail) };
        }

        var faults = detail.EnumerateArray().Where(static fault => fault.ValueKind is JsonValueKind.Object).Take(8).ToList();
        var places = faults.Select(static fault => fault.TryGetProperty("loc", out var place) && place.ValueKind is JsonValueKind.Array
            ? string.Join('.', place.EnumerateArray().Select(Text).Where(static part => part != "body"))
            : string.Empty).ToList();
        return None with
        {
            Message = Cut(string.Join("; ", faults.Zip(places, static (fault, place) => $"{place}: {Member(fault, "msg")}"))),
            Parameter = places.FirstOrDefault(string.Empty),
        };
    }

    private static string Member(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? Text(value) : string.Empty;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Cut(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        _ => string.Empty,
    };

    private static string Cut(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage];
}
