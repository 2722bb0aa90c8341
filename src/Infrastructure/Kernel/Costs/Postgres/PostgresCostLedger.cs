using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Costs.Postgres;

/// <summary>Money in the tables of calls and budgets. The rows of a call's budgets are locked before they are read, so that what was read still holds at the commit.</summary>
internal sealed class PostgresCostLedger(
    PostgresDatabase database, ProcessIdentity node, BudgetOptions options, SettlementSignal signal, TimeProvider clock) : ICostLedger
{
    /// <inheritdoc />
    public async Task<Reservation> ReserveAsync(CallId id, Money worstCase, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(worstCase, Money.Zero);
        var settlements = signal.Count;
        var reservation = await AskAsync(id, worstCase, ct);
        if (reservation.Answer != ReservationAnswer.Wait)
        {
            return reservation;
        }

        // A process that was killed beside this one holds its money until someone looks.
        if (await TryRows.SettleAbandonedAsync(database, node, clock, ct) > 0)
        {
            signal.Raise();
            reservation = await AskAsync(id, worstCase, ct);
        }

        return reservation.Answer == ReservationAnswer.Wait ? reservation with { Settlements = settlements } : reservation;
    }

    /// <inheritdoc />
    public async Task MarkSentAsync(CallId id, CancellationToken ct)
    {
        if (await database.WriteAsync(CallSql.Send, new { Id = id.ToString(), Now = TimeText.Of(clock.GetUtcNow()) }, ct) == 0)
        {
            throw new InvalidOperationException($"Nothing is reserved for {id}, so that it may not be sent.");
        }
    }

    /// <inheritdoc />
    public Task ReleaseAsync(CallId id, CancellationToken ct) => EndTryAsync(id, TryRows.ReleaseAsync, ct);

    /// <inheritdoc />
    public Task CountAsPaidAsync(CallId id, CancellationToken ct) => EndTryAsync(id, TryRows.CountAsPaidAsync, ct);

    /// <inheritdoc />
    public Task WaitForSettlementAsync(long since, TimeSpan atMost, CancellationToken ct) => signal.WaitAsync(since, atMost, ct);

    /// <inheritdoc />
    public Task RecordPagesAsync(string subject, string run, string model, string? batch, int pages, DateTimeOffset at, CancellationToken ct) => database.WriteAsync(
        CallSql.RecordPages, new { Subject = subject, Run = run, Model = model, Batch = batch, Day = DayText.Of(at), Pages = (long)pages }, ct);

    /// <inheritdoc />
    public async Task<CostSummary> CostOfAsync(string subject, CancellationToken ct) =>
        (await CostsOfAsync([subject], ct)).GetValueOrDefault(subject, CostSummary.Nothing);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, CostSummary>> CostsOfAsync(IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        database.ReadAsync(connection => SubjectCosts.OfAsync(connection, subjects, ct), ct);

    /// <inheritdoc />
    public Task<ValueList<UsageLine>> UsageAsync(ValueList<UsageGrouping> groupBy, CancellationToken ct) =>
        database.ReadAsync(connection => CostSums.GroupedAsync(connection, groupBy, ct), ct);

    /// <inheritdoc />
    public Task<Budget> FindBudgetAsync(BudgetScope scope, CancellationToken ct) =>
        database.ReadAsync(connection => BudgetRows.FindAsync(connection, scope, options, ct), ct);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<BudgetScope, Money?>> OwnCapsAsync(IReadOnlyCollection<BudgetScope> scopes, CancellationToken ct) =>
        database.ReadAsync(connection => BudgetRows.OwnCapsAsync(connection, scopes, ct), ct);

    /// <inheritdoc />
    public Task SetCapAsync(BudgetScope scope, Money? cap, CancellationToken ct) => ChangeCapAsync(CallSql.SetCap, scope, cap, ct);

    /// <inheritdoc />
    public Task EnsureCapAsync(BudgetScope scope, Money cap, CancellationToken ct) => ChangeCapAsync(CallSql.EnsureCap, scope, cap, ct);

    private async Task ChangeCapAsync(string sql, BudgetScope scope, Money? cap, CancellationToken ct)
    {
        await database.TryCommitAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(sql, new { Scope = scope.Value, Cap = cap?.Picodollars });
                transaction.Tell(Notice.Money);
                return true;
            },
            ct);
        signal.Raise();
    }

    /// <summary>Reserves what the budgets of a call allow, while no other node can change them.</summary>
    private async Task<Reservation> AskAsync(CallId id, Money amount, CancellationToken ct)
    {
        var reservation = new Reservation(ReservationAnswer.Granted, null);
        await database.TryCommitAsync(
            async transaction =>
            {
                if (await CallRows.GetAsync(transaction, id) is not { IsOpen: true, HasTry: false } call)
                {
                    throw new InvalidOperationException($"{id} has ended, or has a try under way.");
                }

                // A refusal goes before a wait, because waiting would be in vain.
                reservation = (await BudgetRows.OfCallAsync(transaction, call.Id, options))
                    .Select(budget => new Reservation(budget.Ask(amount), budget))
                    .Where(static asked => asked.Answer != ReservationAnswer.Granted)
                    .OrderByDescending(static asked => asked.Answer)
                    .FirstOrDefault() ?? new Reservation(ReservationAnswer.Granted, null);
                if (reservation.Answer != ReservationAnswer.Granted)
                {
                    return false;
                }

                await transaction.ExecuteAsync(CallSql.Hold, new { call.Id, Held = amount.Picodollars });
                await BudgetRows.AddAsync(transaction, call.Id, spent: 0, held: amount.Picodollars);
                return true;
            },
            ct);
        return reservation;
    }

    /// <summary>Ends the try under way; without one there is nothing to end, as when a call was cancelled before or after its reservation.</summary>
    private async Task EndTryAsync(CallId id, Func<PostgresTransaction, CallRow, Task> end, CancellationToken ct)
    {
        var ended = await database.TryCommitAsync(
            async transaction =>
            {
                var call = await CallRows.GetAsync(transaction, id);
                if (!call.HasTry)
                {
                    return false;
                }

                await end(transaction, call);
                return true;
            },
            Patience.UntilServerIsBack,
            ct);
        if (ended)
        {
            signal.Raise();
        }
    }
}
