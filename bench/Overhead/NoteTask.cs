using System.Text;
using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;

namespace Idp.Bench.Overhead;

/// <summary>Asks for the fields of one made-up page; two with different numbers have nothing in common in the journal.</summary>
/// <param name="Number">Which page.</param>
internal sealed record NoteTask(int Number) : ModelTask<NoteReply>
{
    private const int Lines = 30;

    public override string Name => "extraction";

    public override string Instructions => "Task: extraction\nReport the fields that are printed on the pages, each with its page and quote.";

    public override string Preface => "Account number: 7104930";

    public override string ReplySchema =>
        """
        {"type":"object","properties":{"fields":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"value":{"type":"string"},
        "page":{"type":"integer"},"quote":{"type":"string"},"confidence":{"type":"number"}},"required":["name","value","page","quote","confidence"],"additionalProperties":false}}},
        "required":["fields"],"additionalProperties":false}
        """;

    public override ValueList<ModelSection> Sections { get; } = [new ModelSection(1, TextOf(Number), FormattableString.Invariant($"page {Number}"))];

    public override int ForecastOutputTokens => 300;

    public override Result<NoteReply> Read(JsonElement reply, Func<int, int?> pageOf) =>
        reply.TryGetProperty("fields", out var fields) && fields.ValueKind is JsonValueKind.Array
            ? new NoteReply(fields.GetArrayLength())
            : new Error(ErrorKind.Rejected, "note.no-fields", "There is no list 'fields'.");

    public override NoteReply? AnswerByRules() => null;

    private static string TextOf(int number)
    {
        var text = new StringBuilder(FormattableString.Invariant($"Account Number: 7104930\nAccount Owner: Owner {number}\nPhone: (802) 555-0{number % 1000:000}\n"));
        for (var line = 1; line <= Lines; line++)
        {
            text.Append(FormattableString.Invariant($"Section {line}.{number}. The bank sends notices to the address that it has on file.\n"));
        }

        return text.ToString();
    }
}

/// <summary>The answer to a <see cref="NoteTask"/>.</summary>
/// <param name="Fields">How many fields came.</param>
internal sealed record NoteReply(int Fields);
