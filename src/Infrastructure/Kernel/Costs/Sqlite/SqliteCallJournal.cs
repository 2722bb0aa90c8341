using Dapper;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>Calls and their replies in the SQLite database. At start, calls that died with their process are settled.</summary>
internal sealed class SqliteCallJournal(SqliteDatabase database, ProcessIdentity node, SettlementSignal signal, TimeProvider clock)
    : ICallJournal, IPreparedAtStart
{
    /// <inheritdoc />
    public Task PrepareAsync(CancellationToken ct) => RecoverAsync(ct);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, AnsweredSection>> FindSectionsAsync(IReadOnlyCollection<string> sectionKeys, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await ReplyRows.FindSectionsAsync(connection, sectionKeys, ct);
    }

    /// <inheritdoc />
    public async Task<ModelReply?> FindReplyAsync(Fingerprint key, string run, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await ReplyRows.FindAsync(connection, key, run, ct);
    }

    /// <inheritdoc />
    public async Task<bool> IsUnderWayElsewhereAsync(Fingerprint key, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QueryAsync<string>(new CommandDefinition(CallSql.ListOwnersOf, new { Key = key.Value }, cancellationToken: ct))).Any(node.MayLiveBeside);
    }

    /// <inheritdoc />
    public Task MarkUnusableAsync(IReadOnlyCollection<Fingerprint> keys, string run, CancellationToken ct) => database.WriteAsync(
        connection => ReplyRows.MarkUnusableAsync(connection, keys, run, ct), ct);

    /// <inheritdoc />
    public Task BeginAsync(CallIntent intent, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(CallSql.Begin, NewCall.Of(intent, node), transaction, cancellationToken: ct));
            foreach (var scope in intent.Scopes.Distinct())
            {
                await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    CallSql.AddScope, new { Id = intent.Id.ToString(), Scope = scope.Value }, transaction, cancellationToken: ct));
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
                var call = await CallRows.GetAsync(transaction, id, ct);
                if (call.IsAnswered)
                {
                    // Told twice, because the first telling was committed and its caller never knew.
                    return false;
                }

                await AnswerAsync(transaction, call, reply, cost, ct);
                await ReplyRows.AddAsync(transaction, call.Id, reply, answeredSections, ct);
                await TryRows.TellAsync(transaction, call, clock.GetUtcNow(), ct);
                return true;
            },
            WriteRank.Urgent,
            ct);
        signal.Raise();
    }

    /// <inheritdoc />
    public async Task FailAsync(CallId id, string errorCode, CancellationToken ct)
    {
        await database.TryCommitAsync(
            async transaction =>
            {
                var call = await CallRows.GetAsync(transaction, id, ct);
                if (!call.IsOpen)
                {
                    return false;
                }

                var now = clock.GetUtcNow();
                await TryRows.SettleAsync(transaction, call, now, ct);
                await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    CallSql.Fail, new { call.Id, Error = errorCode, Now = TimeText.Of(now) }, transaction, cancellationToken: ct));
                return true;
            },
            ct);
        signal.Raise();
    }

    /// <inheritdoc />
    public Task ForgetAsync(string subject, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(CallSql.Forget, new { Subject = subject }, transaction, cancellationToken: ct));
            return true;
        },
        ct);

    /// <inheritdoc />
    public async Task<int> RecoverAsync(CancellationToken ct)
    {
        var ended = 0;
        await database.TryCommitAsync(
            async transaction =>
            {
                ended = await TryRows.SettleAbandonedAsync(transaction, node, clock.GetUtcNow(), ct);
                return ended > 0;
            },
            ct);
        if (ended > 0)
        {
            signal.Raise();
        }

        return ended;
    }

    private async Task AnswerAsync(SqliteTransaction transaction, CallRow call, ModelReply reply, Money cost, CancellationToken ct)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
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
            },
            transaction,
            cancellationToken: ct));
        await BudgetRows.AddAsync(transaction, call.Id, spent: cost.Picodollars, held: -call.Held, ct);
    }
}
