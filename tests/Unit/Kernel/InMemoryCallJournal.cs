using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Unit.Kernel;

/// <summary>Calls and their costs in memory, with the promises of both ports that use cases rely on. Everything belongs to one living process.</summary>
internal sealed class InMemoryCallJournal(BudgetOptions? options = null) : ICallJournal, ICostLedger
{
    private readonly Lock _lock = new();
    private readonly BudgetOptions _options = options ?? new BudgetOptions();
    private readonly List<Call> _calls = [];
    private readonly Dictionary<BudgetScope, Money?> _caps = [];
    private readonly Dictionary<(string Subject, string Run), (string Model, string? Batch, int Pages, DateTimeOffset At)> _pagesRead = [];
    private readonly List<NewEvent> _events = [];
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The intents in the order in which they were recorded.</summary>
    public IReadOnlyList<CallIntent> Intents => Locked(() => _calls.Select(call => call.Intent).ToList());

    /// <summary>The error codes of calls that failed.</summary>
    public IReadOnlyList<string> Failures => Locked(() => _calls.Select(call => call.Error).OfType<string>().ToList());

    /// <summary>The events that were appended.</summary>
    public IReadOnlyList<NewEvent> Events => Locked(() => _events.ToList());

    public Task<IReadOnlyDictionary<string, AnsweredSection>> FindSectionsAsync(IReadOnlyCollection<string> sectionKeys, CancellationToken ct) =>
        After(ct).Answer<IReadOnlyDictionary<string, AnsweredSection>>(() => (
            from key in sectionKeys.Distinct(StringComparer.Ordinal)
            let call = _calls.LastOrDefault(call => call.Reply is not null && call.Sections.Contains(key))
            where call is not null
            select (key, new AnsweredSection(call.Reply! with { IsReplayed = true }, call.Sections.ToList().IndexOf(key)))).ToDictionary(StringComparer.Ordinal));

    public Task<ModelReply?> FindReplyAsync(Fingerprint key, CancellationToken ct) => After(ct).Answer(() => _calls.LastOrDefault(call => call.Reply is not null && call.Intent.Key == key)?.Reply is { } reply ? reply with { IsReplayed = true } : null);

    public Task BeginAsync(CallIntent intent, CancellationToken ct) => After(ct).Do(() => _calls.Add(new Call(intent)));

    public Task CompleteAsync(CallId id, ModelReply reply, Money cost, ValueList<string> answeredSections, CancellationToken ct) => After(ct).Do(() =>
    {
        var call = Find(id);
        if (!call.IsAnswered)
        {
            (call.Reply, call.Sections, call.Usage, call.Cost, call.Held, call.IsSent) = (reply, answeredSections, reply.Usage, cost, null, false);
            (call.IsAnswered, call.HasEnded, call.Error) = (true, true, null);
            Tell(call);
        }
    });

    public Task FailAsync(CallId id, string errorCode, CancellationToken ct) => After(ct).Do(() =>
    {
        var call = Find(id);
        if (!call.HasEnded)
        {
            Settle(call, call.IsSent);
            (call.HasEnded, call.Error) = (true, errorCode);
        }
    });

    public Task ForgetAsync(string subject, CancellationToken ct) => After(ct).Do(() =>
    {
        foreach (var call in _calls.Where(call => call.Intent.Subject == subject))
        {
            (call.Reply, call.Sections) = (null, []);
        }
    });

    public Task<int> RecoverAsync(CancellationToken ct) => After(ct).Answer(() => 0);

    public Task<Reservation> ReserveAsync(CallId id, Money worstCase, CancellationToken ct) => After(ct).Answer(() =>
    {
        var call = Find(id);
        if (call.HasEnded || call.Held is not null)
        {
            throw new InvalidOperationException($"{id} has ended, or has a try under way.");
        }

        var refusal = call.Intent.Scopes.Select(Stand)
            .Select(budget => new Reservation(budget.Ask(worstCase), budget))
            .Where(reservation => reservation.Answer != ReservationAnswer.Granted)
            .MaxBy(reservation => reservation.Answer);
        call.Held = refusal is null ? worstCase : null;
        return refusal ?? new Reservation(ReservationAnswer.Granted, null);
    });

    public Task MarkSentAsync(CallId id, CancellationToken ct) => After(ct).Do(() =>
    {
        var call = Find(id);
        call.IsSent = call is { Held: not null, IsSent: false } ? true : throw new InvalidOperationException($"Nothing is reserved for {id}.");
    });

    public Task ReleaseAsync(CallId id, CancellationToken ct) => After(ct).Do(() => Settle(Find(id), isPaid: false));

    public Task CountAsPaidAsync(CallId id, CancellationToken ct) => After(ct).Do(() => Settle(Find(id), isPaid: true));

    public async Task WaitForSettlementAsync(TimeSpan atMost, CancellationToken ct)
    {
        try
        {
            await Locked(() => _settled.Task).WaitAsync(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
        }
        catch (TimeoutException)
        {
            // Short whatever was asked for: a test must not depend on who settles when.
        }
    }

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
            scope, CapOf(scope), Sum(calls.Select(call => call.Cost + call.PossiblyPaid)), Sum(calls.Select(call => call.Held ?? Money.Zero)));
    }

    private Money? CapOf(BudgetScope scope) => _caps.TryGetValue(scope, out var own) ? own : scope.Default is { } kind ? CapOf(kind) : _options.CapOf(scope);

    /// <summary>The pages stand in the place of the calls saved until they are all added up.</summary>
    private static CostSummary WithSavings(CostSummary sum) => sum with { CallsSaved = Math.Max(0, sum.CallsSaved - sum.Calls) };

    private CostSummary CostOf(string subject) => WithSavings(_calls.Where(call => call.Intent.Subject == subject || call.Intent.Batch == subject).Select(call => call.Summarise())
        .Concat(_pagesRead.Where(read => read.Key.Subject == subject || read.Value.Batch == subject).Select(read => CostSummary.Nothing with { CallsSaved = read.Value.Pages }))
        .Aggregate(CostSummary.Nothing, static (sum, cost) => sum + cost));

    private void Settle(Call call, bool isPaid)
    {
        if (call.Held is { } held)
        {
            (call.Held, call.IsSent) = (null, false);
            if (isPaid)
            {
                call.PossiblyPaid += held;
                call.Unanswered++;
                Tell(call);
            }
        }
    }

    private void Tell(Call call) => _events.Add(CostEvents.Updated(call.Intent.Subject, CostOf(call.Intent.Subject)));

    private Call Find(CallId id) => _calls.Find(call => call.Intent.Id == id) ?? throw new InvalidOperationException($"The intent of {id} was never recorded.");

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, static (sum, amount) => sum + amount);

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private InMemoryCallJournal After(CancellationToken ct)
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
            _settled.SetResult();
            _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Task.CompletedTask;
    }

    private sealed class Call(CallIntent intent)
    {
        public CallIntent Intent => intent;

        public Money? Held { get; set; }

        public bool IsSent { get; set; }

        public Money PossiblyPaid { get; set; }

        public int Unanswered { get; set; }

        public Money Cost { get; set; }

        public TokenUsage Usage { get; set; } = new(0, 0);

        public ModelReply? Reply { get; set; }

        public ValueList<string> Sections { get; set; } = [];

        public bool IsAnswered { get; set; }

        public bool HasEnded { get; set; }

        public string? Error { get; set; }

        public CostSummary Summarise()
        {
            var underWay = IsSent ? Held ?? Money.Zero : Money.Zero;
            return new CostSummary(
                Cost + PossiblyPaid + underWay, IsAnswered ? 1 : 0, Unanswered, 0, Usage.InputTokens, Usage.OutputTokens,
                Usage.Estimated || PossiblyPaid + underWay > Money.Zero);
        }
    }
}
