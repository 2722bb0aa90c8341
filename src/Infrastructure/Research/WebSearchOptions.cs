using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Research;

/// <summary>Who searches the web; section <c>SEARCH</c>.</summary>
public sealed class WebSearchOptions
{
    /// <summary><c>offline</c>: a folder of pages. <c>tavily</c>: the web, by Tavily.</summary>
    /// <value>Default <c>offline</c>.</value>
    [AllowedValues("offline", "tavily")]
    public string Provider { get; init; } = "offline";

    /// <summary>The folder of pages for <c>offline</c>: Markdown files that begin with <c>url</c>, <c>title</c> and <c>published</c> between lines of <c>---</c>.</summary>
    /// <value>Default: <c>samples/web</c> beside the program.</value>
    [Required]
    public string Corpus { get; init; } = Path.Combine(AppContext.BaseDirectory, "samples", "web");

    /// <summary>True when searches are paid.</summary>
    internal bool IsTavily => Provider == "tavily";
}
