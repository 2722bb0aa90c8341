using Dapper;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>Brings a database up to date, each migration once, however many nodes start at the same time.</summary>
internal static class PostgresMigrator
{
    private const string CountForeignTables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()";

    private const string CountOwnTable =
        "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_migrations'";

    private const string CreateOwnTable =
        "CREATE TABLE schema_migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)";

    /// <summary>The migrations that come with the program, in order.</summary>
    public static IReadOnlyList<Migration> BuiltIn() => Migration.BuiltIn("postgres-migrations/");

    /// <summary>Applies what is missing, in one transaction that holds the lock for it.</summary>
    /// <exception cref="SetupException">The database belongs to another program, or to a newer or changed version of this one.</exception>
    public static async Task ApplyAsync(
        NpgsqlConnection connection, string name, IReadOnlyList<Migration> migrations, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(AdvisoryLock.Take, new { Lock = AdvisoryLock.Migrations }, transaction, cancellationToken: ct));
        await EnsureOwnTableAsync(transaction, name, ct);
        var applied = await connection.QueryAsync<AppliedMigration>(new CommandDefinition(Migration.ReadApplied, transaction: transaction, cancellationToken: ct));
        foreach (var migration in Migration.Missing(migrations, applied, name))
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

    private static async Task EnsureOwnTableAsync(NpgsqlTransaction transaction, string name, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        if (await connection.ExecuteScalarAsync<long>(new CommandDefinition(CountOwnTable, transaction: transaction, cancellationToken: ct)) > 0)
        {
            return;
        }

        if (await connection.ExecuteScalarAsync<long>(new CommandDefinition(CountForeignTables, transaction: transaction, cancellationToken: ct)) > 0)
        {
            throw new SetupException(
                $"The database {name} belongs to another program. Create one for this program (CREATE DATABASE) and name it in DATABASE__CONNECTION_STRING.");
        }

        await connection.ExecuteAsync(new CommandDefinition(CreateOwnTable, transaction: transaction, cancellationToken: ct));
    }
}
