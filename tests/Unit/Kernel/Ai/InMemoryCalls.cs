using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Unit.Kernel.Ai;

/// <summary>Journal and ledger without a file, as strict as the real ones about the order of things.</summary>
public sealed class InMemoryCalls : ICallJournal, ICostLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CallId, Call> _calls = [];
    private readonly Dictionary<BudgetScope, Money> _caps = [];
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How calls stand, in the order of their beginning.</summary>
    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls.Values];
            }
        }
    }

    /// <summary>Everything that counts as spent.</summary>
    public Money Spent => Sum(Calls, static call => call.Cost + call.PossiblyPaid);

    /// <summary>Everything that is reserved.</summary>
    public Money Held => Sum(Calls, static call => call.Held);

    public Task<IReadOnlyDictionary<string, AnsweredSection>> FindSectionsAsync(IReadOnlyCollection<string> sectionKeys, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<ModelReply?> FindReplyAsync(Fingerprint key, CancellationToken ct) =>
        Task.FromResult(Calls.LastOrDefault(call => call.Intent.Key == key && call.Reply is not null)?.Reply);

    public Task BeginAsync(CallIntent intent, CancellationToken ct)
    {
        lock (_lock)
        {
            _calls.Add(intent.Id, new Call(intent));
        }

        return Task.CompletedTask;
    }

    public Task CompleteAsync(CallId id, ModelReply reply, Money cost, ValueList<string> answeredSections, CancellationToken ct) => ChangeAsync(id, call =>
    {
        call.Try.ShouldBe(TryState.Sent);
        return call with { Try = TryState.None, Held = Money.Zero, Cost = cost, Reply = reply, AnsweredSections = answeredSections };
    });

    public Task FailAsync(CallId id, string errorCode, CancellationToken ct) => ChangeAsync(id, call =>
    {
        call.Try.ShouldBe(TryState.None, "a try was left unsettled");
        return call with { Error = errorCode };
    });

    public Task ForgetAsync(string subject, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> RecoverAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<Reservation> ReserveAsync(CallId id, Money worstCase, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var call = _calls[id];
            call.Try.ShouldBe(TryState.None, "a call has one try at a time");
            var budgets = call.Intent.Scopes.Select(StandingOf).Select(budget => new Reservation(budget.Ask(worstCase), budget)).ToList();
            if (budgets.Find(static answer => answer.Answer is ReservationAnswer.Exceeded) is { } exceeded)
            {
                return Task.FromResult(exceeded);
            }

            if (budgets.Find(static answer => answer.Answer is ReservationAnswer.Wait) is { } wait)
            {
                return Task.FromResult(wait);
            }

            _calls[id] = call with { Try = TryState.Reserved, Held = worstCase, Tries = call.Tries + 1 };
            return Task.FromResult(new Reservation(ReservationAnswer.Granted, null));
        }
    }

    public Task MarkSentAsync(CallId id, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ChangeAsync(id, call =>
        {
            call.Try.ShouldBe(TryState.Reserved);
            return call with { Try = TryState.Sent };
        });
    }

    public Task ReleaseAsync(CallId id, CancellationToken ct) => ChangeAsync(id, static call => call with { Try = TryState.None, Held = Money.Zero });

    public Task CountAsPaidAsync(CallId id, CancellationToken ct) => ChangeAsync(id, static call =>
        call with { Try = TryState.None, Held = Money.Zero, PossiblyPaid = call.PossiblyPaid + call.Held, Unanswered = call.Unanswered + 1 });

    public async Task WaitForSettlementAsync(TimeSpan atMost, CancellationToken ct)
    {
        Task settled;
        lock (_lock)
        {
            settled = _settled.Task;
        }

        await Task.WhenAny(settled, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct));
        ct.ThrowIfCancellationRequested();
    }

    public Task RecordPagesAsync(string subject, string run, string model, string? batch, int pages, DateTimeOffset at, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<CostSummary> CostOfAsync(string subject, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, CostSummary>> CostsOfAsync(IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<ValueList<UsageLine>> UsageAsync(ValueList<UsageGrouping> groupBy, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<BudgetScope, Money?>> OwnCapsAsync(IReadOnlyCollection<BudgetScope> scopes, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<Budget> FindBudgetAsync(BudgetScope scope, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(StandingOf(scope));
        }
    }

    public Task SetCapAsync(BudgetScope scope, Money? cap, CancellationToken ct)
    {
        lock (_lock)
        {
            _caps[scope] = cap ?? Money.Maximum;
        }

        return Task.CompletedTask;
    }

    public Task EnsureCapAsync(BudgetScope scope, Money cap, CancellationToken ct) => throw new NotSupportedException();

    private static Money Sum(IEnumerable<Call> calls, Func<Call, Money> amount) => calls.Aggregate(Money.Zero, (sum, call) => sum + amount(call));

    private Budget StandingOf(BudgetScope scope)
    {
        var calls = _calls.Values.Where(call => call.Intent.Scopes.Contains(scope)).ToList();
        return new Budget(
            scope, _caps.TryGetValue(scope, out var cap) ? cap : null,
            Sum(calls, static call => call.Cost + call.PossiblyPaid), Sum(calls, static call => call.Held));
    }

    private Task ChangeAsync(CallId id, Func<Call, Call> change)
    {
        lock (_lock)
        {
            _calls[id] = change(_calls[id]);
            _settled.TrySetResult();
            _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Task.CompletedTask;
    }

    public enum TryState
    {
        None,
        Reserved,
        Sent,
    }

    /// <summary>What is on record of a call.</summary>
    public sealed record Call(CallIntent Intent)
    {
        public TryState Try { get; init; }

        public int Tries { get; init; }

        public Money Held { get; init; }

        public Money PossiblyPaid { get; init; }

        public int Unanswered { get; init; }

        public Money Cost { get; init; }

        public ModelReply? Reply { get; init; }

        public ValueList<string> AnsweredSections { get; init; } = [];

        public string? Error { get; init; }
    }
}
