using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Kernel.Sql;

/// <summary>Where documents, work and events are kept; section <c>DATABASE</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The database engine.</summary>
    /// <value>Default <c>sqlite</c>.</value>
    [AllowedValues("sqlite", ErrorMessage = "The database provider must be 'sqlite'.")]
    public string Provider { get; init; } = "sqlite";

    /// <summary>A connection string, or for SQLite simply the path of the file; it and its folder are made when missing.</summary>
    /// <value>Default <c>artifacts/idp.db</c>.</value>
    [Required]
    public string ConnectionString { get; init; } = "artifacts/idp.db";
}
