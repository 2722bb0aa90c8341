using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>The database file that a setting means.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="ConnectionString">How to open it.</param>
internal sealed record SqliteTarget(string Path, string ConnectionString)
{
    private static readonly string[] FileKeywords = ["Data Source", "DataSource", "Filename"];

    /// <summary>Reads a connection string or a plain path.</summary>
    /// <exception cref="SetupException">The setting names no file.</exception>
    public static SqliteTarget Parse(string setting)
    {
        var builder = IsConnectionString(setting) ? ParseConnectionString(setting) : new SqliteConnectionStringBuilder { DataSource = setting };
        if (string.IsNullOrWhiteSpace(builder.DataSource)
            || builder.Mode == SqliteOpenMode.Memory
            || builder.DataSource.StartsWith(':')
            || builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new SetupException(
                $"DATABASE__CONNECTION_STRING is '{setting}', which names no file. Set it to a path such as artifacts/idp.db.");
        }

        builder.DataSource = System.IO.Path.GetFullPath(builder.DataSource);
        builder.ForeignKeys = true;

        // Connections are pooled by us: see ConnectionPool.
        builder.Pooling = false;
        return new SqliteTarget(builder.DataSource, builder.ConnectionString);
    }

    // A path may hold '=' as well; only the keyword that names the file makes the text a connection string.
    private static bool IsConnectionString(string setting) => setting
        .Split(';')
        .Select(static part => part.Split('=', 2))
        .Any(static pair => pair.Length == 2 && FileKeywords.Contains(pair[0].Trim(), StringComparer.OrdinalIgnoreCase));

    private static SqliteConnectionStringBuilder ParseConnectionString(string setting)
    {
        try
        {
            return new SqliteConnectionStringBuilder(setting);
        }
        catch (ArgumentException exception)
        {
            throw new SetupException(
                $"DATABASE__CONNECTION_STRING is no connection string for SQLite: {exception.Message} Set it to a path such as artifacts/idp.db.",
                exception);
        }
    }
}
