using System.ComponentModel.DataAnnotations;
using Idp.Application.Research;

namespace Idp.Api.Kernel.Settings;

/// <summary>How many companies are at work at once; variables without a section, as the replaced system has them.</summary>
internal sealed class ResearchPaceOptions
{
    /// <summary>False researches one company after the other; variable <c>ENABLE_BATCH_PROCESSING</c>.</summary>
    /// <value>Default true.</value>
    [ConfigurationKeyName("ENABLE_BATCH_PROCESSING")]
    public bool EnableBatchProcessing { get; init; } = true;

    /// <summary>Companies that are analysed at the same time; variable <c>BATCH_SIZE</c>.</summary>
    /// <value>Default 10.</value>
    [ConfigurationKeyName("BATCH_SIZE")]
    [Range(1, 1000)]
    public int BatchSize { get; init; } = 10;

    /// <summary>The pace with so many searches at the same time.</summary>
    public ResearchPace PaceWith(int searchesAtOnce) =>
        EnableBatchProcessing ? new ResearchPace(searchesAtOnce, BatchSize, IsPipelined: true) : new ResearchPace(1, 1, IsPipelined: false);
}

/// <summary>What this process does; section <c>NODE</c>.</summary>
internal sealed class NodeOptions
{
    /// <summary><c>all</c>, <c>api</c> (answers requests, takes no work) or <c>worker</c> (takes work, answers only health checks).</summary>
    /// <value>Default <c>all</c>.</value>
    [AllowedValues("all", "api", "worker")]
    public string Role { get; init; } = "all";

    /// <summary>True when this process takes work from the queue.</summary>
    public bool TakesWork => Role != "api";

    /// <summary>True when this process answers the API and shows the dashboard.</summary>
    public bool AnswersRequests => Role != "worker";
}
