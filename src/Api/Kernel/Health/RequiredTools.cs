using Idp.Infrastructure.Documents.Workers;

namespace Idp.Api.Kernel.Health;

/// <summary>What reading pages needs from the host, as it was when the service started.</summary>
/// <param name="All">Every program, library and data file.</param>
internal sealed record RequiredTools(IReadOnlyList<ToolStatus> All)
{
    /// <summary>What is needed and not there.</summary>
    public IReadOnlyList<ToolStatus> Missing => [.. All.Where(static tool => tool is { IsRequired: true, IsPresent: false })];

    /// <summary>What only some files need and is not there.</summary>
    public IReadOnlyList<ToolStatus> MissingForSomeFiles => [.. All.Where(static tool => tool is { IsRequired: false, IsPresent: false })];

    /// <summary>Looks.</summary>
    /// <param name="languages">The languages of recognition, joined by plus signs.</param>
    public static RequiredTools Look(string languages) => new(ToolCheck.Run(languages));

    /// <summary>The command that installs tools.</summary>
    public static string InstallCommand(IEnumerable<ToolStatus> tools) =>
        $"apt-get install {string.Join(' ', tools.Select(static tool => tool.Package).Distinct(StringComparer.Ordinal))}";
}
