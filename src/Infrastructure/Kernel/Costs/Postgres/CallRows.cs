using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Costs.Postgres;

/// <summary>Reads calls and locks them for the transaction that will change them: the first lock of each such transaction.</summary>
internal static class CallRows
{
    private const string FindById = CallSql.SelectRow + " WHERE id = @Id FOR UPDATE";

    private const string FindOpenOfOwner = "SELECT id FROM calls WHERE state = 'open' AND owner = @Owner ORDER BY id";

    /// <summary>Reads and locks a call.</summary>
    /// <exception cref="InvalidOperationException">No intent was recorded.</exception>
    public static async Task<CallRow> GetAsync(PostgresTransaction transaction, string id) =>
        await transaction.FindAsync<CallRow>(FindById, new { Id = id }) ?? throw new InvalidOperationException($"The intent of {id} was never recorded.");

    /// <inheritdoc cref="GetAsync(PostgresTransaction, string)"/>
    public static Task<CallRow> GetAsync(PostgresTransaction transaction, CallId id) => GetAsync(transaction, id.ToString());

    /// <summary>The ids of calls that a process has not ended; nothing is locked.</summary>
    public static Task<IEnumerable<string>> ListOpenAsync(PostgresTransaction transaction, string owner) =>
        transaction.QueryAsync<string>(FindOpenOfOwner, new { Owner = owner });
}
