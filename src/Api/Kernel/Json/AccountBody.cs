namespace Idp.Api.Kernel.Json;

/// <summary>One account of a document and its pages.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="AccountNumber">Its number; null when the document has none.</param>
/// <param name="Pages">Its pages, from 1.</param>
/// <param name="SharedPages">Those that belong to another account as well.</param>
/// <param name="Confidence">How sure the boundaries are, 0 to 1.</param>
/// <param name="Reasons">Why, for a person.</param>
internal sealed record AccountBody(
    int Index, string? AccountNumber, IReadOnlyList<int> Pages, IReadOnlyList<int> SharedPages, double Confidence, IReadOnlyList<string> Reasons);
