using System.Text.Json.Serialization;

namespace Idp.Api.Kernel.Events;

/// <summary>The data of <c>done</c>, the last event of a stream.</summary>
/// <param name="Status">The status in which the document, batch or job rests; <c>deleted</c> for a document that is gone.</param>
internal sealed record DoneBody(string Status)
{
    /// <summary>The document, where the stream is about one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public string? DocumentId { get; init; }

    /// <summary>The research job, where the stream is about one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public string? JobId { get; init; }

    /// <summary>The batch, where the stream is about one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public string? BatchId { get; init; }
}
