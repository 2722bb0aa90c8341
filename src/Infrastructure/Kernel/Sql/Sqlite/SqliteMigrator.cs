using Dapper;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>Brings a database up to date, each migration once, however many processes start at the same time.</summary>
internal static class SqliteMigrator
{
    private const string CountForeignTables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    private const string CountOwnTable = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";

    private const string CreateOwnTable =
        "CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT";

    /// <summary>The migrations that come with the program, in order.</summary>
    public static IReadOnlyList<Migration> BuiltIn() => Migration.BuiltIn("sqlite-migrations/");

    /// <summary>Applies what is missing, in one transaction that holds the write lock.</summary>
    /// <exception cref="SetupException">The database belongs to another program, or to a newer or changed version of this one.</exception>
    public static async Task ApplyAsync(
        SqliteConnection connection, string path, IReadOnlyList<Migration> migrations, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(ct);
        await EnsureOwnTableAsync(transaction, path, ct);
        var applied = await connection.QueryAsync<AppliedMigration>(new CommandDefinition(Migration.ReadApplied, transaction: transaction, cancellationToken: ct));
        foreach (var migration in Migration.Missing(migrations, applied, path))
        {
            await connection.ExecuteAsync(new CommandDefinition(migration.Sql, transaction: transaction, cancellationToken: ct));
            await connection.ExecuteAsync(new CommandDefinition(
                Migration.RecordApplied,
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
}
