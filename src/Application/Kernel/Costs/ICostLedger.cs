using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Kernel.Costs;

/// <summary>What something cost.</summary>
/// <param name="Amount">Settled costs, what was possibly paid without an answer, and the worst case of what is under way: never below the provider's bill.</param>
/// <param name="Calls">Calls that were answered and paid.</param>
/// <param name="UnansweredCalls">Tries that were sent and never answered; they count as paid.</param>
/// <param name="CallsSaved">
/// Calls that packing, caching and duplicate pages made unnecessary: the pages that have a model's reading, less the calls that were made; never below 0.
/// </param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens answered.</param>
/// <param name="Estimated">True when part of the amount is an estimate of ours.</param>
public sealed record CostSummary(
    Money Amount, int Calls, int UnansweredCalls, int CallsSaved, long InputTokens, long OutputTokens, bool Estimated)
{
    /// <summary>Nothing was called.</summary>
    public static CostSummary Nothing { get; } = new(Money.Zero, 0, 0, 0, 0, 0, Estimated: false);

    /// <summary>What both cost.</summary>
    public static CostSummary operator +(CostSummary left, CostSummary right) => new(
        left.Amount + right.Amount, left.Calls + right.Calls, left.UnansweredCalls + right.UnansweredCalls, left.CallsSaved + right.CallsSaved,
        left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens, left.Estimated || right.Estimated);

    /// <inheritdoc cref="operator +"/>
    public CostSummary Add(CostSummary other) => this + other;
}

/// <summary>How usage may be grouped.</summary>
public enum UsageGrouping
{
    /// <summary>By the day of the call, UTC.</summary>
    Day,

    /// <summary>By model.</summary>
    Model,

    /// <summary>By batch; calls outside of any have the key null.</summary>
    Batch,

    /// <summary>By document.</summary>
    Document,
}

/// <summary>One line of the usage report.</summary>
/// <param name="Key">One value for each grouping that was asked for, in that order.</param>
/// <param name="Cost">What it cost.</param>
public sealed record UsageLine(ValueList<string?> Key, CostSummary Cost);

/// <summary>Answer to a reservation.</summary>
/// <param name="Answer">Yes, wait, or no.</param>
/// <param name="Budget">The budget that said so; null when all said yes.</param>
public sealed record Reservation(ReservationAnswer Answer, Budget? Budget)
{
    /// <summary>How many settlements the budgets had been told of at least when they were asked; 0 unless the answer is to wait.</summary>
    public long Settlements { get; init; }
}

/// <summary>
/// Money: reserved before a try, settled after it, never over a cap. Every change is one transaction over all budgets that a call counts against.
/// </summary>
/// <remarks>
/// Adapters: SQLite, PostgreSQL. Each passes <c>CostLedgerContract</c>. Safe to call concurrently. A call has at most one try under way. Shares its rows with
/// <see cref="ICallJournal"/>, where <see cref="ICallJournal.CompleteAsync"/> settles an answered try.
/// </remarks>
public interface ICostLedger
{
    /// <summary>Reserves the worst case of a try with all budgets of the call's intent, or with none.</summary>
    /// <exception cref="InvalidOperationException">The call has no intent, has ended, or has a try under way.</exception>
    Task<Reservation> ReserveAsync(CallId id, Money worstCase, CancellationToken ct);

    /// <summary>Records that the try is about to be sent; from here on it counts as paid until it is settled. Durable when this returns.</summary>
    /// <exception cref="InvalidOperationException">Nothing is reserved for it.</exception>
    Task MarkSentAsync(CallId id, CancellationToken ct);

    /// <summary>Gives a try's reservation back: it was not sent, or is known not to be paid. No effect without a try under way.</summary>
    Task ReleaseAsync(CallId id, CancellationToken ct);

    /// <summary>
    /// Turns a try's reservation into money spent: it was sent and nobody knows whether it was paid. A <c>cost_update</c> event tells the subject's readers.
    /// No effect without a try under way.
    /// </summary>
    Task CountAsPaidAsync(CallId id, CancellationToken ct);

    /// <summary>Waits until some reservation may have been settled since a reservation was told to wait: a signal from this process, or <paramref name="atMost"/>.</summary>
    /// <param name="since"><see cref="Reservation.Settlements"/> of the answer.</param>
    /// <param name="atMost">The longest wait; what other processes settle gives no signal here.</param>
    /// <param name="ct">Cancels.</param>
    Task WaitForSettlementAsync(long since, TimeSpan atMost, CancellationToken ct);

    /// <summary>Records for how many pages a run has a model's reading, however it came by it; a second record of the same run replaces the first.</summary>
    Task RecordPagesAsync(string subject, string run, string model, string? batch, int pages, DateTimeOffset at, CancellationToken ct);

    /// <summary>What a subject (document, batch, job) cost so far, all runs together.</summary>
    Task<CostSummary> CostOfAsync(string subject, CancellationToken ct);

    /// <summary>The same for several subjects at once; those without calls and savings are missing.</summary>
    Task<IReadOnlyDictionary<string, CostSummary>> CostsOfAsync(IReadOnlyCollection<string> subjects, CancellationToken ct);

    /// <summary>The usage report, sorted by key; one line without a key when nothing is grouped by.</summary>
    Task<ValueList<UsageLine>> UsageAsync(ValueList<UsageGrouping> groupBy, CancellationToken ct);

    /// <summary>How a budget stands; the cap is its own, or the stored default of its kind, or that of <see cref="BudgetOptions"/>.</summary>
    Task<Budget> FindBudgetAsync(BudgetScope scope, CancellationToken ct);

    /// <summary>The caps that scopes have of their own, null for one that has no limit; scopes that follow the default of their kind are missing.</summary>
    Task<IReadOnlyDictionary<BudgetScope, Money?>> OwnCapsAsync(IReadOnlyCollection<BudgetScope> scopes, CancellationToken ct);

    /// <summary>Sets a scope's own cap; null says that it has no limit, whatever the default of its kind.</summary>
    Task SetCapAsync(BudgetScope scope, Money? cap, CancellationToken ct);

    /// <summary>Gives a scope its first cap; no effect when <see cref="SetCapAsync"/> or this was called for it before.</summary>
    Task EnsureCapAsync(BudgetScope scope, Money cap, CancellationToken ct);
}
