namespace Idp.Simulators.Options;

/// <summary>What the simulated web has on companies.</summary>
public sealed record WebOptions
{
    /// <summary>Files of companies with their pages. Read at start only; later ones go to <c>PUT /simulator/web</c>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Names for which pages are invented; they are looked for in queries before any other. Not needed for queries that put the name in quotation marks.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];

    /// <summary>Whether pages are invented for any other name that a query has.</summary>
    public bool Invents { get; init; } = true;

    /// <summary>Another seed, other pages and other truths about the same companies.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Characters of the longest invented page; about one company in six has one.</summary>
    public int LongestPage { get; init; } = 60_000;

    /// <summary>The share of pages, 0 to 1, whose raw content is null.</summary>
    public double MissingRawContent { get; init; } = 0.08;
}
