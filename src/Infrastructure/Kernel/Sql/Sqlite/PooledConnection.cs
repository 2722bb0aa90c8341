using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>A connection that keeps its prepared statements, and goes back to its pool when it is disposed.</summary>
internal sealed class PooledConnection(string connectionString, ConnectionPool pool) : SqliteConnection(connectionString)
{
    /// <summary>There are about a hundred in the program; more would be texts that are put together at run time.</summary>
    private const int MostStatements = 200;

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>True between leaving the pool and coming back.</summary>
    public bool IsRented { get; set; }

    /// <summary>The transaction under way; null when there is none.</summary>
    public SqliteTransaction? CurrentTransaction => Transaction;

    /// <summary>A command with this text that nobody uses.</summary>
    public SqliteCommand Take(string text)
    {
        if (_prepared.Remove(text, out var command))
        {
            return command;
        }

        command = CreateCommand();
#pragma warning disable CA2100 // The text is the caller's, who keeps values in parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    /// <summary>Keeps a command for the next who runs the same text.</summary>
    public void PutBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (_prepared.Count >= MostStatements || !_prepared.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <inheritdoc />
    protected override DbCommand CreateDbCommand() => new RepeatableCommand(this);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (!disposing || !pool.TryTakeBack(this))
        {
            base.Dispose(disposing);
        }
    }
}
