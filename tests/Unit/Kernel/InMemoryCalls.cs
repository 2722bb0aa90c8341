using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Unit.Kernel;

/// <summary>Calls and their costs in memory, with the promises of both ports that use cases rely on. Everything belongs to one living process.</summary>
public sealed class InMemoryCalls(BudgetOptions? options = null) : ICallJournal, ICostLedger
{
    private readonly Lock _lock = new();
    private readonly BudgetOptions _options = options ?? new BudgetOptions();
    private readonly List<Call> _calls = [];
    private readonly Dictionary<BudgetScope, Money?> _caps = [];
    private readonly Dictionary<(string Subject, string Run), (string Model, string? Batch, int Pages, DateTimeOffset At)> _pagesRead = [];
    private readonly List<NewEvent> _events = [];
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _settlements;

    /// <summary>How a try under way stands.</summary>
    public enum TryState
    {
        None,
        Reserved,
        Sent,
    }

    /// <summary>True where a call must not end while one of its tries is under way, although the ports forgive it.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether another process has a request under way.</summary>
    public Func<Fingerprint, bool> IsElsewhere { get; set; } = static _ => false;

    /// <summary>How calls stand, in the order of their beginning.</summary>
    public IReadOnlyList<Call> Calls => Locked(() => _calls.ToList());

    /// <summary>Everything that counts as spent.</summary>
    public Money Spent => Sum(Calls.Select(static call => call.Cost + call.PossiblyPaid));

    /// <summary>Everything that is reserved.</summary>
    public Money Held => Sum(Calls.Select(static call => call.Held));

    /// <summary>The events that were appended.</summary>
    public IReadOnlyList<NewEvent> Events => Locked(() => _events.ToList());

    public Task<IReadOnlyDictionary<string, AnsweredSection>> FindSectionsAsync(IReadOnlyCollection<string> sectionKeys, CancellationToken ct) =>
        After(ct).Answer<IReadOnlyDictionary<string, AnsweredSection>>(() => (
            from key in sectionKeys.Distinct(StringComparer.Ordinal)
            let call = _calls.LastOrDefault(call => call.Reply is not null && call.AnsweredSections.Contains(key))
            where call is not null
            select (key, new AnsweredSection(call.Reply! with { IsReplayed = true }, call.AnsweredSections.ToList().IndexOf(key)))).ToDictionary(StringComparer.Ordinal));

    public Task<ModelReply?> FindReplyAsync(Fingerprint key, string run, CancellationToken ct) => After(ct).Answer(() =>
        _calls.FindLast(call => call.Reply is not null && call.Intent.Key == key && (call.UnusableIn ?? run) == run)?.Reply is { } reply ? reply with { IsReplayed = true } : null);

    public Task<bool> IsUnderWayElsewhereAsync(Fingerprint key, CancellationToken ct) => After(ct).Answer(() => IsElsewhere(key));

    public Task MarkUnusableAsync(IReadOnlyCollection<Fingerprint> keys, string run, CancellationToken ct) => After(ct).Do(() =>
    {
        foreach (var call in _calls.Where(call => call.Reply is not null && keys.Contains(call.Intent.Key)))
        {
            call.UnusableIn ??= run;
        }
    });

    public Task BeginAsync(CallIntent intent, CancellationToken ct) => After(ct).Do(() => _calls.Add(new Call(intent)));

    public Task CompleteAsync(CallId id, ModelReply reply, Money cost, ValueList<string> answeredSections, CancellationToken ct) => After(ct).Do(() =>
    {
        var call = Find(id);
        if (call.Usage is null)
        {
            (call.Try == TryState.Sent || !IsStrict).ShouldBeTrue("a reply came to a try that was not sent");
            (call.Reply, call.AnsweredSections, call.Cost, call.Held, call.Try) = (reply, answeredSections, cost, Money.Zero, TryState.None);
            (call.Usage, call.HasEnded, call.Error) = (reply.Usage, true, null);
            Tell(call);
        }
    });

    public Task FailAsync(CallId id, string errorCode, CancellationToken ct) => After(ct).Do(() =>
    {
        var call = Find(id);
        if (!call.HasEnded)
        {
            (call.Try == TryState.None || !IsStrict).ShouldBeTrue("a try was left unsettled");
            Settle(call, call.Try == TryState.Sent);
            (call.HasEnded, call.Error) = (true, errorCode);
        }
    });

    public Task ForgetAsync(string subject, CancellationToken ct) => After(ct).Do(() =>
    {
        foreach (var call in _calls.Where(call => call.Intent.Subject == subject))
        {
            (call.Reply, call.AnsweredSections) = (null, []);
        }
    });

    public Task<int> RecoverAsync(CancellationToken ct) => After(ct).Answer(() => 0);

    public Task<Reservation> ReserveAsync(CallId id, Money worstCase, CancellationToken ct) => After(ct).Answer(() =>
    {
        var call = Find(id);
        if (call.HasEnded || call.Try != TryState.None)
        {
            throw new InvalidOperationException($"{id} has ended, or has a try under way.");
        }

        var refusal = call.Intent.Scopes.Select(Stand)
            .Select(budget => new Reservation(budget.Ask(worstCase), budget))
            .Where(reservation => reservation.Answer != ReservationAnswer.Granted)
            .MaxBy(reservation => reservation.Answer);
        if (refusal is not null)
        {
            return refusal.Answer == ReservationAnswer.Wait ? refusal with { Settlements = _settlements } : refusal;
        }

        (call.Held, call.Try, call.Tries) = (worstCase, TryState.Reserved, call.Tries + 1);
        return new Reservation(ReservationAnswer.Granted, null);
    });

    public Task MarkSentAsync(CallId id, CancellationToken ct) => After(ct).Do(() =>
    {
        var call = Find(id);
        call.Try = call.Try == TryState.Reserved ? TryState.Sent : throw new InvalidOperationException($"Nothing is reserved for {id}.");
    });

    public Task ReleaseAsync(CallId id, CancellationToken ct) => After(ct).Do(() => Settle(Find(id), isPaid: false));

    public Task CountAsPaidAsync(CallId id, CancellationToken ct) => After(ct).Do(() => Settle(Find(id), isPaid: true));

    /// <summary>However long may be waited: no other process settles here.</summary>
    public Task WaitForSettlementAsync(long since, TimeSpan atMost, CancellationToken ct) =>
        Locked(() => _settlements > since ? Task.CompletedTask : _settled.Task).WaitAsync(ct);

    public Task RecordPagesAsync(string subject, string run, string model, string? batch, int pages, DateTimeOffset at, CancellationToken ct) =>
        After(ct).Do(() => _pagesRead[(subject, run)] = (model, batch, pages, at));

    public Task<CostSummary> CostOfAsync(string subject, CancellationToken ct) => After(ct).Answer(() => CostOf(subject));

    public Task<IReadOnlyDictionary<string, CostSummary>> CostsOfAsync(IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        After(ct).Answer<IReadOnlyDictionary<string, CostSummary>>(() => subjects.Distinct(StringComparer.Ordinal)
            .Select(subject => (subject, CostOf(subject))).Where(pair => pair.Item2 != CostSummary.Nothing).ToDictionary(StringComparer.Ordinal));

    public Task<ValueList<UsageLine>> UsageAsync(ValueList<UsageGrouping> groupBy, CancellationToken ct) => After(ct).Answer(() =>
    {
        var lines = _calls.Select(call => (Key: KeyOf(groupBy, call.Intent.At, call.Intent.Model.Model, call.Intent.Batch, call.Intent.Subject), Cost: call.Summarise()))
            .Concat(_pagesRead.Select(read => (
                Key: KeyOf(groupBy, read.Value.At, read.Value.Model, read.Value.Batch, read.Key.Subject), Cost: CostSummary.Nothing with { CallsSaved = read.Value.Pages })))
            .GroupBy(line => line.Key, line => line.Cost)
            .Select(group => new UsageLine(group.Key, WithSavings(group.Aggregate(static (sum, cost) => sum + cost))))
            .OrderBy(line => string.Join('\n', line.Key), StringComparer.Ordinal)
            .ToValueList();
        return lines.Count == 0 && groupBy.Count == 0 ? [new UsageLine([], CostSummary.Nothing)] : lines;
    });

    public Task<Budget> FindBudgetAsync(BudgetScope scope, CancellationToken ct) => After(ct).Answer(() => Stand(scope));

    public Task<IReadOnlyDictionary<BudgetScope, Money?>> OwnCapsAsync(IReadOnlyCollection<BudgetScope> scopes, CancellationToken ct) =>
        After(ct).Answer<IReadOnlyDictionary<BudgetScope, Money?>>(() => scopes.Where(_caps.ContainsKey).ToDictionary(scope => scope, scope => _caps[scope]));

    public Task SetCapAsync(BudgetScope scope, Money? cap, CancellationToken ct) => After(ct).Do(() => _caps[scope] = cap);

    public Task EnsureCapAsync(BudgetScope scope, Money cap, CancellationToken ct) => After(ct).Do(() => _caps.TryAdd(scope, cap));

    private static ValueList<string?> KeyOf(ValueList<UsageGrouping> groupBy, DateTimeOffset at, string model, string? batch, string subject) => groupBy
        .Select(grouping => grouping switch
        {
            UsageGrouping.Day => BudgetScope.Day(at).Value["day:".Length..],
            UsageGrouping.Model => model,
            UsageGrouping.Batch => batch,
            UsageGrouping.Document => subject,
        }).ToValueList();

    private Budget Stand(BudgetScope scope)
    {
        var calls = _calls.Where(call => call.Intent.Scopes.Contains(scope)).ToList();
        return new Budget(
            scope, CapOf(scope), Sum(calls.Select(call => call.Cost + call.PossiblyPaid)), Sum(calls.Select(call => call.Held)));
    }

    private Money? CapOf(BudgetScope scope) => _caps.TryGetValue(scope, out var own) ? own : scope.Default is { } kind ? CapOf(kind) : _options.CapOf(scope);

    /// <summary>The pages stand in the place of the calls saved until they are all added up.</summary>
    private static CostSummary WithSavings(CostSummary sum) => sum with { CallsSaved = Math.Max(0, sum.CallsSaved - sum.Calls) };

    private CostSummary CostOf(string subject) => WithSavings(_calls.Where(call => call.Intent.Subject == subject || call.Intent.Batch == subject).Select(call => call.Summarise())
        .Concat(_pagesRead.Where(read => read.Key.Subject == subject || read.Value.Batch == subject).Select(read => CostSummary.Nothing with { CallsSaved = read.Value.Pages }))
        .Aggregate(CostSummary.Nothing, static (sum, cost) => sum + cost));

    private void Settle(Call call, bool isPaid)
    {
        if (call.Try != TryState.None)
        {
            var held = call.Held;
            (call.Held, call.Try) = (Money.Zero, TryState.None);
            if (isPaid)
            {
                call.PossiblyPaid += held;
                call.Unanswered++;
                Tell(call);
            }
        }
    }

    private void Tell(Call call) => _events.Add(CostEvents.Updated(call.Intent.Subject, group: null, CostOf(call.Intent.Subject)));

    private Call Find(CallId id) => _calls.Find(call => call.Intent.Id == id) ?? throw new InvalidOperationException($"The intent of {id} was never recorded.");

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, static (sum, amount) => sum + amount);

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private InMemoryCalls After(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return this;
    }

    private Task<T> Answer<T>(Func<T> read) => Task.FromResult(Locked(read));

    private Task Do(Action change)
    {
        lock (_lock)
        {
            change();
            _settlements++;
            _settled.SetResult();
            _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Task.CompletedTask;
    }

    /// <summary>What is on record of a call.</summary>
    public sealed class Call(CallIntent intent)
    {
        public CallIntent Intent => intent;

        public TryState Try { get; internal set; }

        public int Tries { get; internal set; }

        public Money Held { get; internal set; }

        public Money PossiblyPaid { get; internal set; }

        public int Unanswered { get; internal set; }

        public Money Cost { get; internal set; }

        public ModelReply? Reply { get; internal set; }

        public string? UnusableIn { get; internal set; }

        public ValueList<string> AnsweredSections { get; internal set; } = [];

        public bool HasEnded { get; internal set; }

        public string? Error { get; internal set; }

        internal TokenUsage? Usage { get; set; }

        internal CostSummary Summarise()
        {
            var underWay = Try == TryState.Sent ? Held : Money.Zero;
            return new CostSummary(
                Cost + PossiblyPaid + underWay, Usage is null ? 0 : 1, Unanswered, 0, Usage?.InputTokens ?? 0, Usage?.OutputTokens ?? 0,
                Usage is { Estimated: true } || PossiblyPaid + underWay > Money.Zero);
        }
    }
}
