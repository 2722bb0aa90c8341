using System.ComponentModel.DataAnnotations;

namespace Idp.Api.Kernel.Settings;

/// <summary>Who makes vectors of text; section <c>EMBEDDING</c>.</summary>
internal sealed class EmbeddingOptions
{
    /// <summary>The provider.</summary>
    /// <value>Default <c>none</c>.</value>
    [AllowedValues("none")]
    public string Provider { get; init; } = "none";
}

/// <summary>Who searches the web; section <c>SEARCH</c>.</summary>
internal sealed class WebSearchOptions
{
    /// <summary>The provider.</summary>
    /// <value>Default <c>offline</c>.</value>
    [AllowedValues("offline")]
    public string Provider { get; init; } = "offline";
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
