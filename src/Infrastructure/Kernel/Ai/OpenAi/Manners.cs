using System.Globalization;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>How a reply's form is asked for, best first.</summary>
internal enum ReplyFormat
{
    /// <summary>The provider keeps the reply to the schema.</summary>
    Schema,

    /// <summary>The provider keeps the reply to JSON; the schema is in the instructions.</summary>
    Object,

    /// <summary>The schema is in the instructions, and nothing else helps.</summary>
    Text,
}

/// <summary>How a model is to be asked: what it understands of the interface. Grows from its refusals.</summary>
/// <param name="Format">How the reply's form is asked for.</param>
/// <param name="HasTemperature">Whether a temperature is sent.</param>
/// <param name="HasMaxTokens">Whether the old name of the reply's limit is sent.</param>
/// <param name="HasMaxCompletionTokens">Whether the new name of it is sent.</param>
/// <param name="LongestReply">The largest limit that it accepts; null while none was refused.</param>
internal sealed record Manners(ReplyFormat Format, bool HasTemperature, bool HasMaxTokens, bool HasMaxCompletionTokens, int? LongestReply = null)
{
    private const string OldName = "max_tokens";
    private const string NewName = "max_completion_tokens";

    /// <summary>
    /// How to begin. Servers know one name of the limit or the other; one that knows neither would not keep our limit, so unknown ones are sent both.
    /// </summary>
    public static Manners ToBeginWith(OpenAiAddress address) =>
        new(ReplyFormat.Schema, HasTemperature: true, HasMaxTokens: !address.HasOnlyNewNames, HasMaxCompletionTokens: true);

    /// <summary>What a refusal teaches; null when it teaches nothing new.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="asked">The limit of the reply that was sent.</param>
    public Manners? LearnFrom(ProviderError error, int asked)
    {
        if (ProviderFailures.AllowedOutput(error) is { } most)
        {
            return most < asked ? this with { LongestReply = most } : null;
        }

        return Refused(error.Parameter) ?? (error.Parameter.Length > 0 && !IsAmbiguous(error.Parameter) ? null : FirstNamed(error.Message));
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"format {Format}, temperature {HasTemperature}, {OldName} {HasMaxTokens}, {NewName} {HasMaxCompletionTokens}, longest reply {LongestReply?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}");

    /// <summary>Some servers name the message list or the body for whatever they do not like.</summary>
    private static bool IsAmbiguous(string parameter) => parameter is "messages" or "body" or "request";

    private Manners? Refused(string parameter) => parameter.Split('.', '[')[0] switch
    {
        "response_format" or "json_schema" or "schema" or "strict" or "text" => LesserFormat(),
        "temperature" when HasTemperature => this with { HasTemperature = false },
        OldName when HasMaxTokens => this with { HasMaxTokens = false },
        NewName when HasMaxCompletionTokens => this with { HasMaxCompletionTokens = false },
        _ => null,
    };

    /// <summary>The message names what is refused before what to use instead.</summary>
    private Manners? FirstNamed(string message) => new (string Word, Manners? Lesson)[]
        {
            ("response_format", LesserFormat()), ("json_schema", LesserFormat()), ("json_object", LesserFormat()), ("grammar", LesserFormat()),
            ("structured output", LesserFormat()), ("guided", LesserFormat()),
            ("temperature", HasTemperature ? this with { HasTemperature = false } : null),
            (OldName, HasMaxTokens ? this with { HasMaxTokens = false } : null),
            (NewName, HasMaxCompletionTokens ? this with { HasMaxCompletionTokens = false } : null),
        }
        .Select(entry => (At: message.IndexOf(entry.Word, StringComparison.OrdinalIgnoreCase), entry.Lesson))
        .Where(static entry => entry is { At: >= 0, Lesson: not null })
        .OrderBy(static entry => entry.At)
        .FirstOrDefault().Lesson;

    private Manners? LesserFormat() => Format is ReplyFormat.Text ? null : this with { Format = Format + 1 };
}
