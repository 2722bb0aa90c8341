using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>One numbered step from an older set of tables to the next.</summary>
/// <param name="Number">Its place, from 1 without gaps.</param>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record SqliteMigration(long Number, string Name, string Sql)
{
    /// <summary>Identity of the statements; line ends do not count, since version control may change them.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}

/// <summary>Brings a database up to date, each migration once, however many processes start at the same time.</summary>
internal static class SqliteMigrator
{
    private const string ResourcePrefix = "sqlite-migrations/";

    private const string CountForeignTables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    private const string CountOwnTable = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";

    private const string CreateOwnTable =
        "CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT";

    private const string ReadApplied = "SELECT number AS Number, name AS Name, checksum AS Checksum FROM schema_migrations ORDER BY number";

    private const string RecordApplied =
        "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (@Number, @Name, @Checksum, @AppliedAt)";

    /// <summary>The migrations that come with the program, in order; files are named <c>0001_words.sql</c>.</summary>
    public static IReadOnlyList<SqliteMigration> BuiltIn()
    {
        var assembly = typeof(SqliteMigrator).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var parts = name[ResourcePrefix.Length..].Split('_', 2);
                return new SqliteMigration(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], reader.ReadToEnd());
            })
            .ToList();
    }

    /// <summary>Applies what is missing, in one transaction that holds the write lock.</summary>
    /// <exception cref="SetupException">The database belongs to another program, or to a newer or changed version of this one.</exception>
    public static async Task ApplyAsync(
        SqliteConnection connection, string path, IReadOnlyList<SqliteMigration> migrations, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(ct);
        await EnsureOwnTableAsync(transaction, path, ct);
        var applied = (await connection.QueryAsync<Row>(new CommandDefinition(ReadApplied, transaction: transaction, cancellationToken: ct)))
            .ToDictionary(static row => row.Number);
        Check(path, migrations, applied);
        foreach (var migration in migrations.Where(migration => !applied.ContainsKey(migration.Number)))
        {
            await connection.ExecuteAsync(new CommandDefinition(migration.Sql, transaction: transaction, cancellationToken: ct));
            await connection.ExecuteAsync(new CommandDefinition(
                RecordApplied,
                new { migration.Number, migration.Name, migration.Checksum, AppliedAt = TimeText.Of(now) },
                transaction,
                cancellationToken: ct));
        }

        await transaction.CommitAsync(ct);
    }

    private static async Task EnsureOwnTableAsync(SqliteTransaction transaction, string path, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        if (await connection.ExecuteScalarAsync<long>(new CommandDefinition(CountOwnTable, transaction: transaction, cancellationToken: ct)) > 0)
        {
            return;
        }

        if (await connection.ExecuteScalarAsync<long>(new CommandDefinition(CountForeignTables, transaction: transaction, cancellationToken: ct)) > 0)
        {
            throw new SetupException(
                $"The database '{path}' belongs to another program. Set DATABASE__CONNECTION_STRING to a path of its own.");
        }

        await connection.ExecuteAsync(new CommandDefinition(CreateOwnTable, transaction: transaction, cancellationToken: ct));
    }

    private static void Check(string path, IReadOnlyList<SqliteMigration> migrations, Dictionary<long, Row> applied)
    {
        var newest = migrations.Max(static migration => migration.Number);
        if (applied.Keys.Any(number => number > newest))
        {
            throw new SetupException(
                $"The database '{path}' was written by a newer version of this program. Run that version, or set DATABASE__CONNECTION_STRING to another path.");
        }

        var changed = migrations.FirstOrDefault(
            migration => applied.TryGetValue(migration.Number, out var row) && row.Checksum != migration.Checksum);
        if (changed is not null)
        {
            throw new SetupException(
                $"The database '{path}' was made by another build of this program: migration {changed.Number} ({changed.Name}) differs. Run that build, or set DATABASE__CONNECTION_STRING to another path.");
        }
    }

    private sealed record Row(long Number, string Name, string Checksum);
}
