using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Research.Rubrics;

/// <summary>Where the built-in rubrics are; section <c>RUBRICS</c>.</summary>
public sealed class RubricOptions
{
    /// <summary>The folder of the built-in rubrics, one <c>name.json</c> each.</summary>
    /// <value>Default: <c>rubrics</c> beside the program.</value>
    [Required]
    public string Folder { get; init; } = Path.Combine(AppContext.BaseDirectory, "rubrics");
}
