using Dapper;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>Reads calls in the transactions that will change them.</summary>
internal static class CallRows
{
    private const string FindById = CallSql.SelectRow + " WHERE id = @Id";

    private const string FindOpenOfOwner = CallSql.SelectRow + " WHERE state = 'open' AND owner = @Owner";

    /// <summary>Reads a call.</summary>
    /// <exception cref="InvalidOperationException">No intent was recorded.</exception>
    public static async Task<CallRow> GetAsync(SqliteTransaction transaction, CallId id, CancellationToken ct) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<CallRow>(
            new CommandDefinition(FindById, new { Id = id.ToString() }, transaction, cancellationToken: ct))
        ?? throw new InvalidOperationException($"The intent of {id} was never recorded.");

    /// <summary>The calls that a process has not ended.</summary>
    public static Task<IEnumerable<CallRow>> ListOpenAsync(SqliteTransaction transaction, string owner, CancellationToken ct) =>
        transaction.Connection!.QueryAsync<CallRow>(new CommandDefinition(FindOpenOfOwner, new { Owner = owner }, transaction, cancellationToken: ct));
}
