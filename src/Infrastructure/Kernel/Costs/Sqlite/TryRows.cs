using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>Ends tries in the transaction that says how: the call's amounts and the totals of its budgets change together.</summary>
internal static class TryRows
{
    /// <summary>Gives the reservation of the try under way back.</summary>
    public static async Task ReleaseAsync(SqliteTransaction transaction, CallRow call, CancellationToken ct)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(CallSql.ToNone, new { call.Id }, transaction, cancellationToken: ct));
        await BudgetRows.AddAsync(transaction, call.Id, spent: 0, held: -call.Held, ct);
    }

    /// <summary>Counts the try under way as paid and never answered, and tells the subject's readers.</summary>
    public static async Task CountAsPaidAsync(SqliteTransaction transaction, CallRow call, DateTimeOffset now, CancellationToken ct)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(CallSql.ToPaid, new { call.Id }, transaction, cancellationToken: ct));
        await BudgetRows.AddAsync(transaction, call.Id, spent: call.Held, held: -call.Held, ct);
        await TellAsync(transaction, call, now, ct);
    }

    /// <summary>Ends the try under way by what is known of it without an answer: sent counts as paid, not sent is given back.</summary>
    public static Task SettleAsync(SqliteTransaction transaction, CallRow call, DateTimeOffset now, CancellationToken ct) =>
        call.IsSent ? CountAsPaidAsync(transaction, call, now, ct)
        : call.HasTry ? ReleaseAsync(transaction, call, ct)
        : Task.CompletedTask;

    /// <summary>Ends the calls of processes that are known to be dead.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> SettleAbandonedAsync(SqliteTransaction transaction, ProcessIdentity node, DateTimeOffset now, CancellationToken ct)
    {
        var ended = 0;
        var owners = await transaction.Connection!.QueryAsync<string>(new CommandDefinition(CallSql.ListOwners, transaction: transaction, cancellationToken: ct));
        foreach (var owner in owners.Where(owner => ProcessIdentity.TryParse(owner, out var process) && process != node && process.IsKnownDead()))
        {
            foreach (var call in await CallRows.ListOpenAsync(transaction, owner, ct))
            {
                await SettleAsync(transaction, call, now, ct);
                await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    CallSql.Abandon, new { call.Id, Now = TimeText.Of(now) }, transaction, cancellationToken: ct));
                ended++;
            }
        }

        return ended;
    }

    /// <summary>Appends the event that tells what a subject cost so far.</summary>
    public static async Task TellAsync(SqliteTransaction transaction, CallRow call, DateTimeOffset now, CancellationToken ct)
    {
        var costs = await SubjectCosts.OfAsync(transaction.Connection!, transaction, [call.Subject], ct);
        await EventRows.AppendAsync(transaction, [CostEvents.Updated(call.Subject, call.Batch, costs[call.Subject])], now, ct);
    }
}
