using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Extraction.Schemas;

/// <summary>Where the built-in schemas are; section <c>SCHEMAS</c>.</summary>
public sealed class SchemaOptions
{
    /// <summary>The folder of the built-in schemas, one <c>name.json</c> each.</summary>
    /// <value>Default: <c>schemas</c> beside the program.</value>
    [Required]
    public string Folder { get; init; } = Path.Combine(AppContext.BaseDirectory, "schemas");
}
