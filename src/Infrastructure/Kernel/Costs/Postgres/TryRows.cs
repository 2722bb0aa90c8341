using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Costs.Postgres;

/// <summary>Ends tries in the transaction that says how: the call's amounts and the totals of its budgets change together.</summary>
internal static class TryRows
{
    /// <summary>Gives the reservation of the try under way back.</summary>
    public static async Task ReleaseAsync(PostgresTransaction transaction, CallRow call)
    {
        await transaction.ExecuteAsync(CallSql.ToNone, new { call.Id });
        await BudgetRows.AddAsync(transaction, call.Id, spent: 0, held: -call.Held);
        transaction.Tell(Notice.Money);
    }

    /// <summary>Counts the try under way as paid and never answered, and tells the subject's readers.</summary>
    public static async Task CountAsPaidAsync(PostgresTransaction transaction, CallRow call)
    {
        await transaction.ExecuteAsync(CallSql.ToPaid, new { call.Id });
        await BudgetRows.AddAsync(transaction, call.Id, spent: call.Held, held: -call.Held);
        await TellAsync(transaction, call);
    }

    /// <summary>Ends the try under way by what is known of it without an answer: sent counts as paid, not sent is given back.</summary>
    public static Task SettleAsync(PostgresTransaction transaction, CallRow call) =>
        call.IsSent ? CountAsPaidAsync(transaction, call)
        : call.HasTry ? ReleaseAsync(transaction, call)
        : Task.CompletedTask;

    /// <summary>Ends the calls of processes that are known to be dead, each in a transaction of its own: no two calls are ever locked together.</summary>
    /// <returns>How many this process ended.</returns>
    public static async Task<int> SettleAbandonedAsync(PostgresDatabase database, ProcessIdentity node, TimeProvider clock, CancellationToken ct)
    {
        var abandoned = new List<string>();
        await database.TryCommitAsync(
            async transaction =>
            {
                abandoned.Clear();
                foreach (var owner in await NodeRows.GoneOfAsync(transaction, CallSql.ListOwners, node, clock.GetUtcNow()))
                {
                    abandoned.AddRange(await CallRows.ListOpenAsync(transaction, owner));
                }

                return false;
            },
            ct);
        var ended = 0;
        foreach (var id in abandoned)
        {
            ended += await database.TryCommitAsync(transaction => TryAbandonAsync(transaction, id, clock.GetUtcNow()), ct) ? 1 : 0;
        }

        return ended;
    }

    /// <summary>Appends the event that tells what a subject cost so far.</summary>
    public static async Task TellAsync(PostgresTransaction transaction, CallRow call)
    {
        var costs = await SubjectCosts.OfAsync(transaction, [call.Subject]);
        transaction.Append([CostEvents.Updated(call.Subject, call.Batch, costs[call.Subject])]);
        transaction.Tell(Notice.Money);
    }

    private static async Task<bool> TryAbandonAsync(PostgresTransaction transaction, string id, DateTimeOffset now)
    {
        var call = await CallRows.GetAsync(transaction, id);
        if (!call.IsOpen)
        {
            // Another node came first.
            return false;
        }

        await SettleAsync(transaction, call);
        await transaction.ExecuteAsync(CallSql.Abandon, new { call.Id, Now = TimeText.Of(now) });
        return true;
    }
}
