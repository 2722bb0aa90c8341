using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>What every cost ledger promises.</summary>
public abstract partial class CostLedgerContract
{
    private static readonly BudgetScope OfDocument = BudgetScope.Of(CallSamples.Document);

    protected abstract ICostLedger Ledger { get; }

    /// <summary>The journal over the same rows.</summary>
    protected abstract ICallJournal Journal { get; }

    protected abstract ManualTimeProvider Clock { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The same rows as a process with these settings sees them, through connections of its own.</summary>
    protected abstract ICostLedger With(BudgetOptions options);

    /// <summary>Journal and ledger as a process of this machine saw them that lives no more.</summary>
    protected abstract (ICallJournal Journal, ICostLedger Ledger) OfDeadProcess();

    [Fact]
    public async Task Without_caps_everything_is_granted_and_counted()
    {
        var intent = await BeginAsync();

        (await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(500), Ct)).ShouldBe(new Reservation(ReservationAnswer.Granted, null));

        foreach (var scope in intent.Scopes)
        {
            (await Ledger.FindBudgetAsync(scope, Ct)).ShouldBe(new Budget(scope, null, Money.Zero, CallSamples.Cents(500)));
        }
    }

    [Fact]
    public async Task A_reservation_up_to_the_cap_is_granted_and_above_it_refused()
    {
        await Ledger.SetCapAsync(OfDocument, CallSamples.Cents(5), Ct);
        var (first, second) = (await BeginAsync(), await BeginAsync());

        (await Ledger.ReserveAsync(first.Id, new Money(CallSamples.Cents(5).Picodollars + 1), Ct)).Answer.ShouldBe(ReservationAnswer.Exceeded);
        (await Ledger.ReserveAsync(first.Id, CallSamples.Cents(5), Ct)).Answer.ShouldBe(ReservationAnswer.Granted);
        await Journal.CompleteAsync(first.Id, CallSamples.Reply("x", 1), CallSamples.Cents(5), [], Ct);
        var refused = await Ledger.ReserveAsync(second.Id, new Money(1), Ct);

        refused.ShouldBe(new Reservation(ReservationAnswer.Exceeded, new Budget(OfDocument, CallSamples.Cents(5), CallSamples.Cents(5), Money.Zero)));
    }

    [Fact]
    public async Task What_fits_only_if_others_cost_less_waits_and_goes_on_when_they_did()
    {
        await Ledger.SetCapAsync(OfDocument, CallSamples.Cents(5), Ct);
        var (first, second) = (await BeginAsync(), await BeginAsync());
        await Ledger.ReserveAsync(first.Id, CallSamples.Cents(4), Ct);

        (await Ledger.ReserveAsync(second.Id, CallSamples.Cents(4), Ct)).Answer.ShouldBe(ReservationAnswer.Wait);
        await Journal.CompleteAsync(first.Id, CallSamples.Reply("x", 1), CallSamples.Cents(1), [], Ct);

        (await Ledger.ReserveAsync(second.Id, CallSamples.Cents(4), Ct)).Answer.ShouldBe(ReservationAnswer.Granted);
    }

    [Fact]
    public async Task One_budget_of_several_that_refuses_refuses_for_all()
    {
        var intent = await BeginAsync(batch: "bat_a");
        await Ledger.SetCapAsync(BudgetScope.Of("bat_a"), CallSamples.Cents(1), Ct);

        var refused = await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(2), Ct);

        refused.Budget.ShouldNotBeNull().Scope.ShouldBe(BudgetScope.Of("bat_a"));
        foreach (var scope in intent.Scopes)
        {
            (await Ledger.FindBudgetAsync(scope, Ct)).Held.ShouldBe(Money.Zero);
        }
    }

    [Fact]
    public async Task A_refusal_goes_before_a_wait()
    {
        await Ledger.SetCapAsync(BudgetScope.EveryDay, CallSamples.Cents(5), Ct);
        await Ledger.SetCapAsync(OfDocument, CallSamples.Cents(3), Ct);
        await Ledger.ReserveAsync((await BeginAsync("doc_other")).Id, CallSamples.Cents(4), Ct);

        var answer = await Ledger.ReserveAsync((await BeginAsync()).Id, CallSamples.Cents(4), Ct);

        answer.Answer.ShouldBe(ReservationAnswer.Exceeded);
        answer.Budget.ShouldNotBeNull().Scope.ShouldBe(OfDocument);
    }

    [Fact]
    public async Task Of_many_that_reserve_at_once_only_as_many_get_it_as_the_cap_allows()
    {
        await Ledger.SetCapAsync(OfDocument, CallSamples.Cents(5), Ct);
        var other = With(new BudgetOptions());
        var intents = new List<CallIntent>();
        for (var number = 0; number < 24; number++)
        {
            intents.Add(await BeginAsync());
        }

        var answers = await Task.WhenAll(intents.Select((intent, index) => Task.Run(
            () => (index % 2 == 0 ? Ledger : other).ReserveAsync(intent.Id, CallSamples.Cents(1), Ct), Ct)));

        answers.Count(answer => answer.Answer == ReservationAnswer.Granted).ShouldBe(5);
        answers.Count(answer => answer.Answer == ReservationAnswer.Wait).ShouldBe(19);
        (await Ledger.FindBudgetAsync(OfDocument, Ct)).Held.ShouldBe(CallSamples.Cents(5));
    }

    [Fact]
    public async Task A_released_try_costs_nothing_and_another_may_follow()
    {
        var intent = await BeginAsync();
        await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(5), Ct);
        await Ledger.MarkSentAsync(intent.Id, Ct);

        await Ledger.ReleaseAsync(intent.Id, Ct);

        (await Ledger.FindBudgetAsync(OfDocument, Ct)).ShouldBe(new Budget(OfDocument, null, Money.Zero, Money.Zero));
        (await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(5), Ct)).Answer.ShouldBe(ReservationAnswer.Granted);
    }

    [Fact]
    public async Task A_try_without_an_answer_is_spent_and_another_may_follow()
    {
        var intent = await BeginAsync();
        await SendAsync(intent, CallSamples.Cents(5));
        await Ledger.CountAsPaidAsync(intent.Id, Ct);
        await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(5), Ct);
        await Ledger.MarkSentAsync(intent.Id, Ct);
        await Journal.CompleteAsync(intent.Id, CallSamples.Reply("x", 1), CallSamples.Cents(2), [], Ct);

        (await Ledger.FindBudgetAsync(OfDocument, Ct)).ShouldBe(new Budget(OfDocument, null, CallSamples.Cents(7), Money.Zero));
        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).ShouldBe(new CostSummary(CallSamples.Cents(7), 1, 1, 0, 1_200, 300, Estimated: true));
    }

    [Fact]
    public async Task What_was_sent_and_not_answered_yet_is_shown_as_paid()
    {
        var intent = await BeginAsync();
        await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(5), Ct);
        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).Amount.ShouldBe(Money.Zero);

        await Ledger.MarkSentAsync(intent.Id, Ct);

        var cost = await Ledger.CostOfAsync(CallSamples.Document, Ct);
        (cost.Amount, cost.Calls, cost.UnansweredCalls, cost.Estimated).ShouldBe((CallSamples.Cents(5), 0, 0, true));
    }

    [Fact]
    public async Task Ending_a_try_that_is_not_under_way_changes_nothing()
    {
        var intent = await BeginAsync();

        await Ledger.ReleaseAsync(intent.Id, Ct);
        await Ledger.CountAsPaidAsync(intent.Id, Ct);

        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).ShouldBe(CostSummary.Nothing);
    }

    [Fact]
    public async Task Nothing_is_sent_that_was_not_reserved_and_no_call_has_two_tries()
    {
        var intent = await BeginAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => Ledger.MarkSentAsync(intent.Id, Ct));
        await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(1), Ct);
        await Should.ThrowAsync<InvalidOperationException>(() => Ledger.ReserveAsync(intent.Id, CallSamples.Cents(1), Ct));
        await Should.ThrowAsync<InvalidOperationException>(() => Ledger.ReserveAsync(StrongId.New<CallId>(Clock), CallSamples.Cents(1), Ct));
        await Journal.FailAsync(intent.Id, "x", Ct);
        await Should.ThrowAsync<InvalidOperationException>(() => Ledger.ReserveAsync(intent.Id, CallSamples.Cents(1), Ct));
    }

    [Fact]
    public async Task What_a_process_held_that_was_killed_is_given_back_to_who_waits_for_it()
    {
        await Ledger.SetCapAsync(OfDocument, CallSamples.Cents(5), Ct);
        var (journal, ledger) = OfDeadProcess();
        var dead = CallSamples.Intent(Clock.GetUtcNow(), Clock);
        await journal.BeginAsync(dead, Ct);
        await ledger.ReserveAsync(dead.Id, CallSamples.Cents(4), Ct);

        (await Ledger.ReserveAsync((await BeginAsync()).Id, CallSamples.Cents(4), Ct)).Answer.ShouldBe(ReservationAnswer.Granted);
    }

    [Fact]
    public async Task A_settlement_wakes_everyone_who_waits()
    {
        var intent = await BeginAsync();
        var since = await ReserveAllAsync(intent);
        Task[] waiting = [Ledger.WaitForSettlementAsync(since, TimeSpan.FromHours(1), Ct), Ledger.WaitForSettlementAsync(since, TimeSpan.FromHours(1), Ct)];

        await Ledger.ReleaseAsync(intent.Id, Ct);

        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_settlement_between_the_answer_and_the_wait_is_not_missed_even_where_others_wait()
    {
        var intent = await BeginAsync();
        var since = await ReserveAllAsync(intent);
        var other = Ledger.WaitForSettlementAsync(since, TimeSpan.FromHours(1), Ct);
        await Ledger.ReleaseAsync(intent.Id, Ct);

        await Ledger.WaitForSettlementAsync(since, TimeSpan.FromHours(1), Ct);

        await other;
    }

    [Fact]
    public async Task Waiting_ends_by_itself_and_by_cancellation()
    {
        var since = await ReserveAllAsync(await BeginAsync());
        var waiting = Ledger.WaitForSettlementAsync(since, TimeSpan.FromSeconds(5), Ct);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await waiting;

        using var cancellation = new CancellationTokenSource();
        var cancelled = Ledger.WaitForSettlementAsync(since, TimeSpan.FromHours(1), cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
    }

    /// <summary>Reserves all that a cap allows, so that the next call is told to wait.</summary>
    /// <returns>Since when that one would wait.</returns>
    private async Task<long> ReserveAllAsync(CallIntent intent)
    {
        await Ledger.SetCapAsync(OfDocument, CallSamples.Cents(1), Ct);
        await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(1), Ct);
        var refused = await Ledger.ReserveAsync((await BeginAsync()).Id, CallSamples.Cents(1), Ct);
        refused.Answer.ShouldBe(ReservationAnswer.Wait);
        return refused.Settlements;
    }

    private async Task<CallIntent> BeginAsync(string subject = CallSamples.Document, string? batch = null)
    {
        var intent = CallSamples.Intent(Clock.GetUtcNow(), Clock, subject, batch);
        await Journal.BeginAsync(intent, Ct);
        return intent;
    }

    private async Task SendAsync(CallIntent intent, Money worstCase)
    {
        (await Ledger.ReserveAsync(intent.Id, worstCase, Ct)).Answer.ShouldBe(ReservationAnswer.Granted);
        await Ledger.MarkSentAsync(intent.Id, Ct);
    }

    private async Task PayAsync(Money cost, string subject = CallSamples.Document, string? batch = null)
    {
        var intent = await BeginAsync(subject, batch);
        await SendAsync(intent, cost);
        await Journal.CompleteAsync(intent.Id, CallSamples.Reply("x", 1), cost, [], Ct);
    }
}
