using System.Text.Json;
using Idp.Application.Kernel.Ai;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>Turns requests into the wire's form.</summary>
internal static class ChatRequests
{
    /// <summary>Short, since the bound of the input's tokens leaves little room for what is added here.</summary>
    private const string SchemaHeading = "\nReply only with JSON of this schema:\n";

    /// <summary>The limit of the reply that is sent.</summary>
    public static int LimitOf(ModelRequest request, Manners manners) => Math.Min(request.MaximumOutputTokens, manners.LongestReply ?? int.MaxValue);

    /// <summary>Writes a request.</summary>
    public static ChatRequest Write(ModelRequest request, string model, Manners manners)
    {
        var limit = LimitOf(request, manners);
        return new ChatRequest(
            model,
            Messages(request, manners.Format),
            manners.HasTemperature ? 0 : null,
            manners.HasMaxCompletionTokens ? limit : null,
            manners.HasMaxTokens ? limit : null,
            manners.Format switch
            {
                ReplyFormat.Schema => new ChatFormat("json_schema", new ChatSchema(request.Task, Strict: true, Parse(request.ReplySchema))),
                ReplyFormat.Object => new ChatFormat("json_object"),
                ReplyFormat.Text => null,
            });
    }

    private static List<ChatMessage> Messages(ModelRequest request, ReplyFormat format)
    {
        var instructions = format is ReplyFormat.Schema ? request.Instructions : request.Instructions + SchemaHeading + request.ReplySchema;
        List<ChatMessage> messages = [new("system", instructions), new("user", request.Content)];
        if (request.Repair is { } repair)
        {
            messages.AddRange([new("assistant", repair.Reply), new("user", repair.Fault)]);
        }

        return messages;
    }

    private static JsonElement Parse(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return document.RootElement.Clone();
    }
}
