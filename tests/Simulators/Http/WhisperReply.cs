using System.Text;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;

namespace Idp.Simulators.Http;

/// <summary>What a request for recognition is answered; a body of null cuts the connection.</summary>
internal sealed record WhisperReply(int Status, byte[]? Body, TimeSpan? RetryAfter = null)
{
    /// <summary>No answer at all.</summary>
    public static readonly WhisperReply Dropped = new(0, null);

    /// <summary>JSON, or two thirds of it where that fault strikes.</summary>
    public static WhisperReply Json(int status, JsonNode body, FaultDraw draw)
    {
        var text = body.ToJsonString();
        return new WhisperReply(status, Encoding.UTF8.GetBytes(draw.Has(Fault.MalformedJson) ? text[..(text.Length * 2 / 3)] : text));
    }

    /// <summary>An error in the form that is set.</summary>
    public static WhisperReply Error(int status, string message, ErrorShape shape, FaultDraw draw, TimeSpan? retryAfter = null)
    {
        var form = shape is ErrorShape.Mixed ? (ErrorShape)(1 + draw.Pick("shape", Enum.GetValues<ErrorShape>().Length - 1)) : shape;
        var body = form switch
        {
            ErrorShape.BareString => JsonValue.Create(message).ToJsonString(),
            ErrorShape.PlainText => $"<html><body>{message}</body></html>",
            ErrorShape.Empty => string.Empty,
            ErrorShape.Message or ErrorShape.Mixed => new JsonObject { ["message"] = message }.ToJsonString(),
        };
        return new WhisperReply(status, Encoding.UTF8.GetBytes(body), retryAfter);
    }
}
