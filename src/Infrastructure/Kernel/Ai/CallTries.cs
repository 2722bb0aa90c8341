using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>
/// The tries of one call, one after the other: each reserves its worst case before it may be sent, and gives it back or counts it as paid when it failed.
/// An answered try is settled by the journal, together with its reply.
/// </summary>
internal sealed class CallTries(ICostLedger ledger, CallId id, Money worstCase)
{
    /// <summary>How long a wait for other calls lasts before the budget is asked again; other processes' settlements give no signal here.</summary>
    private static readonly TimeSpan SettlementWait = TimeSpan.FromSeconds(1);

    private bool _isSent;

    /// <summary>Makes one try of a model's call.</summary>
    /// <param name="attempt">Sends the request; calls <see cref="MarkSentAsync"/> immediately before it leaves.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Result<ModelReply>> RunAsync(Func<CancellationToken, Task<Result<ModelReply>>> attempt, CancellationToken ct) =>
        RunAsync(attempt, ModelErrors.MayBePaid, ct);

    /// <summary>Makes one try.</summary>
    /// <param name="attempt">Sends the request; calls <see cref="MarkSentAsync"/> immediately before it leaves.</param>
    /// <param name="mayBePaid">Tells whether a failed try may have been paid all the same.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<T>> RunAsync<T>(Func<CancellationToken, Task<Result<T>>> attempt, Func<Error, bool> mayBePaid, CancellationToken ct)
    {
        if (await ReserveAsync(ct) is { } refusal)
        {
            return refusal;
        }

        _isSent = false;
        Result<T>? outcome = null;
        try
        {
            return outcome = await attempt(ct);
        }
        finally
        {
            // Cut off (outcome is null): once it was sent, nobody knows whether it was paid.
            if (outcome is not { IsSuccess: true })
            {
                await SettleAsync(outcome?.Error is { } error ? mayBePaid(error) : _isSent);
            }
        }
    }

    /// <summary>Says that the request is about to leave; from here on it counts as paid until it is settled.</summary>
    public async Task MarkSentAsync(CancellationToken ct)
    {
        if (!_isSent)
        {
            await ledger.MarkSentAsync(id, ct);
            _isSent = true;
        }
    }

    private async Task<Error?> ReserveAsync(CancellationToken ct)
    {
        while (true)
        {
            var reservation = await ledger.ReserveAsync(id, worstCase, ct);
            switch (reservation.Answer)
            {
                case ReservationAnswer.Granted:
                    return null;
                case ReservationAnswer.Wait:
                    await ledger.WaitForSettlementAsync(reservation.Settlements, SettlementWait, ct);
                    break;
                case ReservationAnswer.Exceeded:
                    return reservation.Budget is { Cap: { } cap } budget
                        ? ModelErrors.BudgetExhausted(budget.Scope, cap)
                        : throw new InvalidOperationException($"The ledger refused call {id} without naming a budget that has a cap.");
            }
        }
    }

    /// <summary>Not cancellable: what happened must be on record also when nobody waits for the answer any more.</summary>
    private Task SettleAsync(bool isPaid) =>
        isPaid ? ledger.CountAsPaidAsync(id, CancellationToken.None) : ledger.ReleaseAsync(id, CancellationToken.None);
}
