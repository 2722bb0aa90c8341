using Dapper;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Costs.Postgres;

/// <summary>
/// Calls and their replies in the PostgreSQL database. At start, calls of processes that are gone are settled. A server that is away is waited for where a reply
/// or a settlement would be lost otherwise.
/// </summary>
internal sealed class PostgresCallJournal(PostgresDatabase database, ProcessIdentity node, SettlementSignal signal, TimeProvider clock)
    : ICallJournal, IPreparedAtStart
{
    /// <inheritdoc />
    public Task PrepareAsync(CancellationToken ct) => RecoverAsync(ct);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, AnsweredSection>> FindSectionsAsync(IReadOnlyCollection<string> sectionKeys, CancellationToken ct) =>
        database.ReadAsync(connection => ReplyRows.FindSectionsAsync(connection, sectionKeys, ct), ct);

    /// <inheritdoc />
    public Task<ModelReply?> FindReplyAsync(Fingerprint key, string run, CancellationToken ct) =>
        database.ReadAsync(connection => ReplyRows.FindAsync(connection, key, run, ct), ct);

    /// <inheritdoc />
    public async Task<bool> IsUnderWayElsewhereAsync(Fingerprint key, CancellationToken ct) =>
        (await database.ReadAsync(connection => connection.QueryAsync<string>(new CommandDefinition(CallSql.ListOwnersOf, new { Key = key.Value }, cancellationToken: ct)), ct))
        .Any(node.MayLiveBeside);

    /// <inheritdoc />
    public Task MarkUnusableAsync(IReadOnlyCollection<Fingerprint> keys, string run, CancellationToken ct) =>
        ReplyRows.MarkUnusableAsync(database, keys, run, ct);

    /// <inheritdoc />
    public Task BeginAsync(CallIntent intent, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            await transaction.ExecuteAsync(CallSql.Begin, NewCall.Of(intent, node));
            foreach (var scope in intent.Scopes.Distinct())
            {
                await transaction.ExecuteAsync(CallSql.AddScope, new { Id = intent.Id.ToString(), Scope = scope.Value });
            }

            return true;
        },
        ct);

    /// <inheritdoc />
    public async Task CompleteAsync(CallId id, ModelReply reply, Money cost, ValueList<string> answeredSections, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, Money.Zero);
        await database.TryCommitAsync(
            async transaction =>
            {
                var call = await CallRows.GetAsync(transaction, id);
                if (call.IsAnswered)
                {
                    // Told twice, because the first telling was committed and its caller never knew.
                    return false;
                }

                await AnswerAsync(transaction, call, reply, cost);
                await ReplyRows.AddAsync(transaction, call.Id, reply, answeredSections);
                await TryRows.TellAsync(transaction, call);
                return true;
            },
            Patience.UntilServerIsBack,
            ct);
        signal.Raise();
    }

    /// <inheritdoc />
    public async Task FailAsync(CallId id, string errorCode, CancellationToken ct)
    {
        await database.TryCommitAsync(
            async transaction =>
            {
                var call = await CallRows.GetAsync(transaction, id);
                if (!call.IsOpen)
                {
                    return false;
                }

                await TryRows.SettleAsync(transaction, call);
                await transaction.ExecuteAsync(CallSql.Fail, new { call.Id, Error = errorCode, Now = TimeText.Of(clock.GetUtcNow()) });
                return true;
            },
            Patience.UntilServerIsBack,
            ct);
        signal.Raise();
    }

    /// <inheritdoc />
    public Task ForgetAsync(string subject, CancellationToken ct) => database.WriteAsync(CallSql.Forget, new { Subject = subject }, ct);

    /// <inheritdoc />
    public async Task<int> RecoverAsync(CancellationToken ct)
    {
        var ended = await TryRows.SettleAbandonedAsync(database, node, clock, ct);
        if (ended > 0)
        {
            signal.Raise();
        }

        return ended;
    }

    private async Task AnswerAsync(PostgresTransaction transaction, CallRow call, ModelReply reply, Money cost)
    {
        await transaction.ExecuteAsync(
            CallSql.Answer,
            new
            {
                call.Id,
                Cost = cost.Picodollars,
                InputTokens = (long)reply.Usage.InputTokens,
                OutputTokens = (long)reply.Usage.OutputTokens,
                CachedInputTokens = (long)reply.Usage.CachedInputTokens,
                Estimated = reply.Usage.Estimated ? 1L : 0L,
                Now = TimeText.Of(clock.GetUtcNow()),
            });
        await BudgetRows.AddAsync(transaction, call.Id, spent: cost.Picodollars, held: -call.Held);
    }
}
