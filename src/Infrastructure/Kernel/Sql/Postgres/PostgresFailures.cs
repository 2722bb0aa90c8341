using System.Net.Sockets;
using Idp.Application.Kernel;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>Tells failures that pass by themselves from others, and says in words of the operator why a database cannot be used.</summary>
internal static class PostgresFailures
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>True when the server was away or shutting down, and the same may succeed a little later.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections } => true,
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => true, // A standby that is about to take over.
        PostgresException { SqlState: IdleInTransactionSessionTimeout } => true, // This process stood still in the middle of it.
        PostgresException => false,
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => true,
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { InnerException: null } => true, // The pool is exhausted, or the stream ended.
        _ => false,
    };

    /// <summary>True when two transactions stood in each other's way and this one was undone.</summary>
    public static bool IsCollision(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>What callers get who cannot wait longer.</summary>
    public static StoreUnavailableException Unavailable(string database, Exception exception) =>
        new($"The database {database} cannot be reached: {exception.Message}", exception);

    /// <summary>What to tell when the database cannot be opened or its tables cannot be made.</summary>
    public static SetupException AtStart(string database, NpgsqlException exception) => new(
        exception is PostgresException refusal ? Explain(database, refusal)
            : $"The server of the database {database} cannot be reached: {(exception.InnerException ?? exception).Message} Start it, or correct DATABASE__CONNECTION_STRING.",
        exception);

    private static string Explain(string database, PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The database {database} refuses this user. Correct Username and Password in DATABASE__CONNECTION_STRING, or the server's pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"The database {database} does not exist. Create it (CREATE DATABASE), or correct Database in DATABASE__CONNECTION_STRING.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"This user may not make tables in the database {database}. Make it the owner (ALTER DATABASE … OWNER TO …).",
        PostgresErrorCodes.TooManyConnections =>
            $"The server of the database {database} has no connection left. Raise its max_connections, or lower Maximum Pool Size in DATABASE__CONNECTION_STRING.",
        PostgresErrorCodes.DiskFull => $"The disk of the server of the database {database} is full. Free some space there.",
        _ => $"The database {database} cannot be used: {refusal.MessageText} ({refusal.SqlState}). Check the server's log, or correct DATABASE__CONNECTION_STRING.",
    };
}
