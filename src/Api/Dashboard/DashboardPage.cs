namespace Idp.Api.Dashboard;

/// <summary>One page of the dashboard.</summary>
/// <param name="Name">Names its markup (<c>pages/NAME.html</c>), its script and its style sheet.</param>
/// <param name="Title">What the browser's tab says before the script knows better.</param>
/// <param name="Section">The entry of the navigation that it belongs to, by address.</param>
/// <param name="Routes">Where it answers.</param>
internal sealed record DashboardPage(string Name, string Title, string Section, IReadOnlyList<string> Routes)
{
    /// <summary>The navigation: address and word.</summary>
    public static IReadOnlyList<(string Address, string Word)> Navigation { get; } =
        [("/", "Batches"), ("/documents", "Documents"), ("/search", "Search"), ("/research", "Research"), ("/usage", "Usage"), ("/processor", "Processor")];

    /// <summary>Every page.</summary>
    public static IReadOnlyList<DashboardPage> All { get; } =
    [
        new("batches", "Batches", "/", ["/", "/batch-dashboard"]),
        new("batch", "Batch", "/", ["/batches/{id:batch}"]),
        new("documents", "Documents", "/documents", ["/documents"]),
        new("document", "Document", "/documents", ["/documents/{id:document}"]),
        new("search", "Search", "/search", ["/search"]),
        new("research", "Research", "/research", ["/research"]),
        new("job", "Research", "/research", ["/research/{id:job}"]),
        new("usage", "Usage", "/usage", ["/usage"]),
        new("processor", "Processor", "/processor", ["/processor"]),
    ];
}
