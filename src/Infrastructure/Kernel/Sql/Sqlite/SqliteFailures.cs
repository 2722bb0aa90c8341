using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>Says in words of the operator why a database cannot be used.</summary>
internal static class SqliteFailures
{
    /// <summary>What to tell when the database cannot be opened or its tables cannot be made.</summary>
    public static SetupException AtStart(string path, SqliteException exception) => new(
        exception.SqliteErrorCode switch
        {
            raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                $"The database '{path}' cannot be written. Give this user the right to write the file and its folder, or set DATABASE__CONNECTION_STRING to another path.",
            raw.SQLITE_NOTADB =>
                $"The file '{path}' is no SQLite database. Move it away, or set DATABASE__CONNECTION_STRING to another path.",
            raw.SQLITE_CORRUPT =>
                $"The database '{path}' is damaged. Restore it from a backup, or move it away with its -wal and -shm files to start with an empty one.",
            raw.SQLITE_FULL or raw.SQLITE_IOERR =>
                $"The disk under the database '{path}' is full or failing ({exception.Message}). Free some space, or set DATABASE__CONNECTION_STRING to another disk.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                $"The database '{path}' is locked by another program. End that program, or wait until it is done.",
            _ => $"The database '{path}' cannot be used: {exception.Message} Check the file, or set DATABASE__CONNECTION_STRING to another path.",
        },
        exception);
}
