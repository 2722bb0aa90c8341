using System.Text.Json.Serialization;
using Idp.Api.Documents;
using Idp.Api.Extraction;
using Idp.Api.Kernel.Problems;

namespace Idp.Api.CommandLine;

/// <summary>One file in the JSON of <c>process</c>.</summary>
/// <param name="Document">The document; null when the file was not taken in.</param>
/// <param name="Result">What was read; null when nothing was.</param>
internal sealed record ProcessedDocumentBody(DocumentBody? Document, ResultBody? Result)
{
    /// <summary>The file, when it was not taken in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FileName { get; init; }

    /// <summary>Why it was not taken in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProblemBody? Problem { get; init; }
}
