using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>A command whose statements were prepared before if its text was run before; always part of its connection's transaction.</summary>
internal sealed class RepeatableCommand(PooledConnection connection) : DbCommand
{
#pragma warning disable CA2213 // Given back to the connection, which disposes it.
    private SqliteCommand? _command;
#pragma warning restore CA2213

    /// <inheritdoc />
    [AllowNull]
    public override string CommandText
    {
        get => _command?.CommandText ?? string.Empty;
        set
        {
            if (_command is null)
            {
                _command = connection.Take(value ?? string.Empty);
            }
            else
            {
                _command.CommandText = value;
            }
        }
    }

    /// <inheritdoc />
    public override int CommandTimeout
    {
        get => Command.CommandTimeout;
        set => Command.CommandTimeout = value;
    }

    /// <inheritdoc />
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set => Command.CommandType = value;
    }

    /// <inheritdoc />
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc />
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <inheritdoc />
    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException("The command belongs to its connection.");
    }

    /// <inheritdoc />
    protected override DbParameterCollection DbParameterCollection => Command.Parameters;

    /// <summary>That of the connection, whatever is set: SQLite knows only one at a time.</summary>
    protected override DbTransaction? DbTransaction
    {
        get => connection.CurrentTransaction;
        set
        {
        }
    }

    private SqliteCommand Command => _command ?? throw new InvalidOperationException("The command has no text.");

    /// <inheritdoc />
    public override void Cancel() => _command?.Cancel();

    /// <inheritdoc />
    public override void Prepare() => InTransaction().Prepare();

    /// <inheritdoc />
    public override int ExecuteNonQuery() => InTransaction().ExecuteNonQuery();

    /// <inheritdoc />
    public override object? ExecuteScalar() => InTransaction().ExecuteScalar();

    /// <inheritdoc />
    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    /// <inheritdoc />
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => InTransaction().ExecuteReader(behavior);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && _command is { } command)
        {
            _command = null;
            connection.PutBack(command);
        }

        base.Dispose(disposing);
    }

    private SqliteCommand InTransaction()
    {
        Command.Transaction = connection.CurrentTransaction;
        return Command;
    }
}
