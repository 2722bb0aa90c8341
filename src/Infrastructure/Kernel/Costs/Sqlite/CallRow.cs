using Dapper;
using Idp.Domain.Kernel.Costs;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>What a change of a call must know of it; SQLite's own types, in the order of <see cref="Select"/>.</summary>
internal sealed record CallRow(string Id, string Subject, string? Batch, string State, string TryState, long Held)
{
    private const string Select = "SELECT id AS Id, subject AS Subject, batch AS Batch, state AS State, try_state AS TryState, held AS Held FROM calls";

    private const string FindById = Select + " WHERE id = @Id";

    private const string FindOpenOfOwner = Select + " WHERE state = 'open' AND owner = @Owner";

    /// <summary>True while its process works on it.</summary>
    public bool IsOpen => State == "open";

    /// <summary>True when its reply is stored.</summary>
    public bool IsAnswered => State == "answered";

    /// <summary>True while a try has a reservation.</summary>
    public bool HasTry => TryState != "none";

    /// <summary>True while a try may be paid.</summary>
    public bool IsSent => TryState == "sent";

    /// <summary>Reads a call in the transaction that will change it.</summary>
    /// <exception cref="InvalidOperationException">No intent was recorded.</exception>
    public static async Task<CallRow> GetAsync(SqliteTransaction transaction, CallId id, CancellationToken ct) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<CallRow>(
            new CommandDefinition(FindById, new { Id = id.ToString() }, transaction, cancellationToken: ct))
        ?? throw new InvalidOperationException($"The intent of {id} was never recorded.");

    /// <summary>The calls that a process has not ended.</summary>
    public static Task<IEnumerable<CallRow>> ListOpenAsync(SqliteTransaction transaction, string owner, CancellationToken ct) =>
        transaction.Connection!.QueryAsync<CallRow>(new CommandDefinition(FindOpenOfOwner, new { Owner = owner }, transaction, cancellationToken: ct));
}
