using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel.Costs;

namespace Idp.Integration.Kernel;

/// <summary>Caps, costs and the usage report.</summary>
public abstract partial class CostLedgerContract
{
    [Fact]
    public async Task A_cap_of_its_own_goes_before_the_stored_default_and_that_before_the_settings()
    {
        var ledger = With(new BudgetOptions { PerDocumentUsd = 3, PerDayUsd = 30 });
        (await ledger.FindBudgetAsync(OfDocument, Ct)).Cap.ShouldBe(Money.FromDollars(3));
        (await ledger.FindBudgetAsync(BudgetScope.Day(Clock.GetUtcNow()), Ct)).Cap.ShouldBe(Money.FromDollars(30));
        (await ledger.FindBudgetAsync(BudgetScope.EveryDay, Ct)).Cap.ShouldBe(Money.FromDollars(30));
        (await ledger.FindBudgetAsync(BudgetScope.Of("bat_a"), Ct)).Cap.ShouldBeNull();

        await ledger.SetCapAsync(BudgetScope.EveryDocument, Money.FromDollars(2), Ct);
        (await ledger.FindBudgetAsync(OfDocument, Ct)).Cap.ShouldBe(Money.FromDollars(2));

        await ledger.SetCapAsync(OfDocument, Money.FromDollars(1), Ct);
        (await ledger.FindBudgetAsync(OfDocument, Ct)).Cap.ShouldBe(Money.FromDollars(1));
        (await ledger.FindBudgetAsync(BudgetScope.Of("doc_other"), Ct)).Cap.ShouldBe(Money.FromDollars(2));
    }

    [Fact]
    public async Task No_limit_of_its_own_goes_before_every_default()
    {
        var ledger = With(new BudgetOptions { PerDocumentUsd = 3 });

        await ledger.SetCapAsync(OfDocument, null, Ct);

        (await ledger.FindBudgetAsync(OfDocument, Ct)).Cap.ShouldBeNull();
    }

    [Fact]
    public async Task A_first_cap_never_replaces_one_that_was_set_even_to_none()
    {
        await Ledger.EnsureCapAsync(OfDocument, CallSamples.Cents(1), Ct);
        await Ledger.EnsureCapAsync(OfDocument, CallSamples.Cents(2), Ct);
        (await Ledger.FindBudgetAsync(OfDocument, Ct)).Cap.ShouldBe(CallSamples.Cents(1));

        await Ledger.SetCapAsync(OfDocument, null, Ct);
        await Ledger.EnsureCapAsync(OfDocument, CallSamples.Cents(1), Ct);
        (await Ledger.FindBudgetAsync(OfDocument, Ct)).Cap.ShouldBeNull();
    }

    [Fact]
    public async Task Own_caps_are_told_from_defaults()
    {
        var (capped, free, plain) = (BudgetScope.Of("doc_capped"), BudgetScope.Of("doc_free"), BudgetScope.Of("doc_plain"));
        await Ledger.SetCapAsync(BudgetScope.EveryDocument, CallSamples.Cents(9), Ct);
        await Ledger.SetCapAsync(capped, CallSamples.Cents(1), Ct);
        await Ledger.SetCapAsync(free, null, Ct);

        (await Ledger.OwnCapsAsync([capped, free, plain], Ct)).ShouldBe(
            new Dictionary<BudgetScope, Money?> { [capped] = CallSamples.Cents(1), [free] = null }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_lowered_cap_leaves_nothing_and_takes_nothing_back()
    {
        await PayAsync(CallSamples.Cents(5));
        await Ledger.SetCapAsync(OfDocument, CallSamples.Cents(2), Ct);

        var budget = await Ledger.FindBudgetAsync(OfDocument, Ct);

        (budget.Spent, budget.Remaining).ShouldBe((CallSamples.Cents(5), Money.Zero));
        (await Ledger.ReserveAsync((await BeginAsync()).Id, new Money(1), Ct)).Answer.ShouldBe(ReservationAnswer.Exceeded);
    }

    [Fact]
    public async Task A_day_ends_and_the_next_has_its_own_budget()
    {
        await Ledger.SetCapAsync(BudgetScope.EveryDay, CallSamples.Cents(5), Ct);
        await PayAsync(CallSamples.Cents(5));
        (await Ledger.ReserveAsync((await BeginAsync()).Id, CallSamples.Cents(1), Ct)).Answer.ShouldBe(ReservationAnswer.Exceeded);

        Clock.Advance(TimeSpan.FromDays(1));

        (await Ledger.ReserveAsync((await BeginAsync()).Id, CallSamples.Cents(1), Ct)).Answer.ShouldBe(ReservationAnswer.Granted);
    }

    [Fact]
    public async Task A_batch_costs_what_its_documents_cost()
    {
        await PayAsync(CallSamples.Cents(1), "doc_a", "bat_a");
        await PayAsync(CallSamples.Cents(2), "doc_b", "bat_a");
        await PayAsync(CallSamples.Cents(4), "doc_c");
        await ReadPagesAsync("doc_b", "run_1", 3, "bat_a");

        (await Ledger.CostOfAsync("bat_a", Ct)).ShouldBe(new CostSummary(CallSamples.Cents(3), 2, 0, 1, 2_400, 600, Estimated: false));
        (await Ledger.CostsOfAsync(["doc_a", "doc_c", "doc_x"], Ct)).Select(cost => (cost.Key, cost.Value.Amount))
            .ShouldBe([("doc_a", CallSamples.Cents(1)), ("doc_c", CallSamples.Cents(4))], ignoreOrder: true);
        (await Ledger.CostsOfAsync([], Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_count_once_for_each_run_and_are_saved_calls_where_none_was_paid()
    {
        await ReadPagesAsync("doc_a", "run_1", 3);
        await ReadPagesAsync("doc_a", "run_1", 5);
        await ReadPagesAsync("doc_a", "run_2", 2);

        (await Ledger.CostOfAsync("doc_a", Ct)).ShouldBe(CostSummary.Nothing with { CallsSaved = 7 });
    }

    [Fact]
    public async Task An_estimated_usage_marks_the_cost()
    {
        var intent = await BeginAsync();
        await SendAsync(intent, CallSamples.Cents(1));
        var reply = CallSamples.Reply("x", 1);
        await Journal.CompleteAsync(intent.Id, reply with { Usage = reply.Usage with { Estimated = true } }, CallSamples.Cents(1), [], Ct);

        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).Estimated.ShouldBeTrue();
    }

    [Fact]
    public async Task Usage_is_grouped_as_asked_and_sorted_by_key()
    {
        await PayAsync(CallSamples.Cents(1), "doc_b", "bat_a");
        await PayAsync(CallSamples.Cents(2), "doc_a");
        await ReadPagesAsync("doc_a", "run_1", 4);
        Clock.Advance(TimeSpan.FromDays(1));
        await PayAsync(CallSamples.Cents(4), "doc_a");

        var byDocument = await Ledger.UsageAsync([UsageGrouping.Document], Ct);
        byDocument.Select(line => (line.Key[0], line.Cost.Amount, line.Cost.CallsSaved))
            .ShouldBe([("doc_a", CallSamples.Cents(6), 2), ("doc_b", CallSamples.Cents(1), 0)]);
        var byDayAndBatch = await Ledger.UsageAsync([UsageGrouping.Day, UsageGrouping.Batch], Ct);
        byDayAndBatch.Select(line => (line.Key[0], line.Key[1], line.Cost.Calls))
            .ShouldBe([("2026-03-14", null, 1), ("2026-03-14", "bat_a", 1), ("2026-03-15", null, 1)]);
        (await Ledger.UsageAsync([UsageGrouping.Model], Ct)).ShouldHaveSingleItem().Key.ShouldBe(["small"]);
    }

    [Fact]
    public async Task Usage_without_grouping_is_one_line_even_when_there_is_none()
    {
        (await Ledger.UsageAsync([], Ct)).ShouldHaveSingleItem().ShouldBe(new UsageLine([], CostSummary.Nothing));

        await PayAsync(CallSamples.Cents(1), "doc_a");
        await PayAsync(CallSamples.Cents(2), "doc_b");

        (await Ledger.UsageAsync([], Ct)).ShouldHaveSingleItem().Cost.Amount.ShouldBe(CallSamples.Cents(3));
    }

    private Task ReadPagesAsync(string subject, string run, int pages, string? batch = null) =>
        Ledger.RecordPagesAsync(subject, run, CallSamples.Model.Model, batch, pages, Clock.GetUtcNow(), Ct);
}
