using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>Money in the tables of calls and budgets. Writers take turns, so that what a transaction read still holds when it commits.</summary>
internal sealed class SqliteCostLedger(
    SqliteDatabase database, ProcessIdentity node, BudgetOptions options, SettlementSignal signal, TimeProvider clock) : ICostLedger
{
    /// <inheritdoc />
    public async Task<Reservation> ReserveAsync(CallId id, Money worstCase, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(worstCase, Money.Zero);
        var reservation = new Reservation(ReservationAnswer.Granted, null);
        var settlements = signal.Count;
        var settled = 0;
        await database.TryCommitAsync(
            async transaction =>
            {
                if (await CallRows.GetAsync(transaction, id, ct) is not { IsOpen: true, HasTry: false } call)
                {
                    throw new InvalidOperationException($"{id} has ended, or has a try under way.");
                }

                reservation = await AskAsync(transaction, call, worstCase, ct);
                if (reservation.Answer == ReservationAnswer.Wait)
                {
                    // A process that was killed beside this one holds its money until someone looks.
                    settled = await TryRows.SettleAbandonedAsync(transaction, node, clock.GetUtcNow(), ct);
                    reservation = settled > 0 ? await AskAsync(transaction, call, worstCase, ct) : reservation;
                }

                if (reservation.Answer == ReservationAnswer.Granted)
                {
                    await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                        CallSql.Hold, new { call.Id, Held = worstCase.Picodollars }, transaction, cancellationToken: ct));
                    await BudgetRows.AddAsync(transaction, call.Id, spent: 0, held: worstCase.Picodollars, ct);
                }

                return true;
            },
            ct);
        if (settled > 0)
        {
            signal.Raise();
        }

        return reservation.Answer == ReservationAnswer.Wait ? reservation with { Settlements = settlements } : reservation;
    }

    /// <inheritdoc />
    public async Task MarkSentAsync(CallId id, CancellationToken ct)
    {
        var marked = await database.WriteAsync(
            connection => connection.ExecuteAsync(new CommandDefinition(
                CallSql.Send, new { Id = id.ToString(), Now = TimeText.Of(clock.GetUtcNow()) }, cancellationToken: ct)),
            ct);
        if (marked == 0)
        {
            throw new InvalidOperationException($"Nothing is reserved for {id}, so that it may not be sent.");
        }
    }

    /// <inheritdoc />
    public Task ReleaseAsync(CallId id, CancellationToken ct) =>
        EndTryAsync(id, (transaction, call) => TryRows.ReleaseAsync(transaction, call, ct), ct);

    /// <inheritdoc />
    public Task CountAsPaidAsync(CallId id, CancellationToken ct) =>
        EndTryAsync(id, (transaction, call) => TryRows.CountAsPaidAsync(transaction, call, clock.GetUtcNow(), ct), ct);

    /// <inheritdoc />
    public Task WaitForSettlementAsync(long since, TimeSpan atMost, CancellationToken ct) => signal.WaitAsync(since, atMost, ct);

    /// <inheritdoc />
    public Task RecordPagesAsync(string subject, string run, string model, string? batch, int pages, DateTimeOffset at, CancellationToken ct) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(new CommandDefinition(
                CallSql.RecordPages, new { Subject = subject, Run = run, Model = model, Batch = batch, Day = DayText.Of(at), Pages = (long)pages }, cancellationToken: ct)),
            ct);

    /// <inheritdoc />
    public async Task<CostSummary> CostOfAsync(string subject, CancellationToken ct) =>
        (await CostsOfAsync([subject], ct)).GetValueOrDefault(subject, CostSummary.Nothing);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, CostSummary>> CostsOfAsync(IReadOnlyCollection<string> subjects, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await SubjectCosts.OfAsync(connection, transaction: null, subjects, ct);
    }

    /// <inheritdoc />
    public async Task<ValueList<UsageLine>> UsageAsync(ValueList<UsageGrouping> groupBy, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await CostSums.GroupedAsync(connection, groupBy, ct);
    }

    /// <inheritdoc />
    public async Task<Budget> FindBudgetAsync(BudgetScope scope, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await BudgetRows.OfScopesAsync(connection, transaction: null, [scope], options, ct))[0];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<BudgetScope, Money?>> OwnCapsAsync(IReadOnlyCollection<BudgetScope> scopes, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await BudgetRows.OwnCapsAsync(connection, scopes, ct);
    }

    /// <inheritdoc />
    public Task SetCapAsync(BudgetScope scope, Money? cap, CancellationToken ct) => ChangeCapAsync(scope, cap, replaces: true, ct);

    /// <inheritdoc />
    public Task EnsureCapAsync(BudgetScope scope, Money cap, CancellationToken ct) => ChangeCapAsync(scope, cap, replaces: false, ct);

    private async Task ChangeCapAsync(BudgetScope scope, Money? cap, bool replaces, CancellationToken ct)
    {
        await database.WriteAsync(connection => BudgetRows.SetCapAsync(connection, scope, cap, replaces, ct), ct);
        signal.Raise();
    }

    /// <summary>What the budgets of a call say; a refusal goes before a wait, because waiting would be in vain.</summary>
    private async Task<Reservation> AskAsync(SqliteTransaction transaction, CallRow call, Money amount, CancellationToken ct)
    {
        var budgets = await BudgetRows.OfCallAsync(transaction, call.Id, options, ct);
        return budgets
            .Select(budget => new Reservation(budget.Ask(amount), budget))
            .Where(static reservation => reservation.Answer != ReservationAnswer.Granted)
            .OrderByDescending(static reservation => reservation.Answer)
            .FirstOrDefault() ?? new Reservation(ReservationAnswer.Granted, null);
    }

    /// <summary>Ends the try under way; without one there is nothing to end, as when a call was cancelled before or after its reservation.</summary>
    private async Task EndTryAsync(CallId id, Func<SqliteTransaction, CallRow, Task> end, CancellationToken ct)
    {
        var ended = await database.TryCommitAsync(
            async transaction =>
            {
                var call = await CallRows.GetAsync(transaction, id, ct);
                if (!call.HasTry)
                {
                    return false;
                }

                await end(transaction, call);
                return true;
            },
            ct);
        if (ended)
        {
            signal.Raise();
        }
    }
}
