using System.ComponentModel.DataAnnotations;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Sql;

/// <summary>Where documents, work and events are kept; section <c>DATABASE</c>.</summary>
public sealed class DatabaseOptions : IValidatableObject
{
    private const string DefaultFile = "artifacts/idp.db";

    /// <summary>The database engine: <c>sqlite</c> for one machine, <c>postgresql</c> for several.</summary>
    /// <value>Default <c>sqlite</c>.</value>
    [AllowedValues("sqlite", "postgresql", ErrorMessage = "The database provider must be 'sqlite' or 'postgresql'.")]
    public string Provider { get; init; } = "sqlite";

    /// <summary>A connection string, or for SQLite simply the path of the file; it and its folder are made when missing. A PostgreSQL database must exist; its tables are made.</summary>
    /// <value>Default <c>artifacts/idp.db</c>.</value>
    [Required]
    public string ConnectionString { get; init; } = DefaultFile;

    /// <summary>
    /// Where vectors are searched: <c>auto</c> in the database where PostgreSQL has pgvector 0.8 or newer, else in the memory of each node; <c>memory</c> always there.
    /// </summary>
    /// <value>Default <c>auto</c>.</value>
    [AllowedValues("auto", "memory", ErrorMessage = "Vectors are searched by 'auto' or in 'memory'.")]
    public string VectorSearch { get; init; } = "auto";

    /// <summary>True when the database is to have indexes of vectors where it can.</summary>
    internal bool IndexesVectors => VectorSearch == "auto";

    /// <summary>True when PostgreSQL is asked for.</summary>
    internal bool IsPostgres => Provider == "postgresql";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsPostgres || FaultOfTarget() is not { } fault)
        {
            yield break;
        }

        yield return new ValidationResult(fault);
    }

    private string? FaultOfTarget()
    {
        if (ConnectionString == DefaultFile)
        {
            return "DATABASE__PROVIDER is 'postgresql', which needs DATABASE__CONNECTION_STRING, such as Host=localhost;Port=5432;Database=idp;Username=idp;Password=…";
        }

        try
        {
            PostgresTarget.Parse(ConnectionString);
            return null;
        }
        catch (SetupException exception)
        {
            return exception.Message;
        }
    }
}
