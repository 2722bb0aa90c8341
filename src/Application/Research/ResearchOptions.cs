using System.ComponentModel.DataAnnotations;

namespace Idp.Application.Research;

/// <summary>How companies are researched; section <c>RESEARCH</c>.</summary>
public sealed class ResearchOptions
{
    /// <summary>What is sent of the pages on one company, in estimated tokens.</summary>
    /// <value>Default 12,000.</value>
    [Range(500, 1_000_000)]
    public int InputBudgetTokens { get; init; } = 12_000;
}

/// <summary>How much is done at once.</summary>
/// <param name="SearchesAtOnce">Companies that are searched for at the same time on this node.</param>
/// <param name="AnalysesAtOnce">Companies that are analysed at the same time on this node.</param>
/// <param name="IsPipelined">False does one company after the other.</param>
public sealed record ResearchPace(int SearchesAtOnce, int AnalysesAtOnce, bool IsPipelined);

/// <summary>The steps of a company, and the pools of workers that do them.</summary>
public static class ResearchSteps
{
    /// <summary>The web is searched.</summary>
    public const string Search = "company_search";

    /// <summary>What was found is analysed.</summary>
    public const string Analysis = "company_analysis";

    /// <summary>Does <see cref="Search"/>.</summary>
    public const string SearchPool = "searches";

    /// <summary>Does <see cref="Analysis"/>.</summary>
    public const string AnalysisPool = "analyses";
}
