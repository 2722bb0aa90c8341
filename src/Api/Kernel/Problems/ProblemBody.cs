using System.Text.Json.Serialization;

namespace Idp.Api.Kernel.Problems;

/// <summary>A problem as RFC 9457 has it, with this service's own members.</summary>
/// <param name="Type">Names the kind of problem.</param>
/// <param name="Title">The same for all problems of one status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened, for a person.</param>
/// <param name="Instance">The path that was asked for, or the document.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="TraceId">Finds the request in the log; null for what a document reports.</param>
/// <param name="Errors">What is wrong with which part of the request.</param>
/// <param name="Retryable">True when the same request may succeed later.</param>
/// <param name="RetryAfterS">How long to wait before the next try, in seconds; null when unknown.</param>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string? Instance, string Code, string? TraceId,
    IReadOnlyList<ProblemFieldBody> Errors, bool Retryable, int? RetryAfterS)
{
    /// <summary>The page it concerns, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Page { get; init; }

    /// <summary>The account number it concerns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    /// <summary>False on the paths of replaced systems, whose callers look for it; absent elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Success { get; init; }
}

/// <summary>One fault of a request.</summary>
/// <param name="Pointer">JSON pointer to the member, or <c>/name</c> of a form field or query parameter.</param>
/// <param name="Detail">What is wrong with it.</param>
internal sealed record ProblemFieldBody(string Pointer, string Detail);
