using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>What every call journal promises.</summary>
public abstract class CallJournalContract
{
    protected abstract ICallJournal Journal { get; }

    /// <summary>The ledger over the same rows.</summary>
    protected abstract ICostLedger Ledger { get; }

    protected abstract IEventLog Events { get; }

    protected abstract ManualTimeProvider Clock { get; }

    private const string Run = "run_a";

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Journal and ledger as a process of this machine saw them that lives no more.</summary>
    protected abstract (ICallJournal Journal, ICostLedger Ledger) OfDeadProcess();

    /// <summary>Journal and ledger as a living process sees them, through connections of its own.</summary>
    protected abstract (ICallJournal Journal, ICostLedger Ledger) OfLivingProcess();

    [Fact]
    public async Task A_reply_comes_back_as_it_came_and_says_that_it_was_paid_earlier()
    {
        var reply = new ModelReply("""{"text":"naïve – ✓"}""", ModelStop.Length, new TokenUsage(7, 5, 3, Estimated: true), [4, 5]);
        await AnswerAsync(Intent(), reply);

        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldBe(reply with { IsReplayed = true });
        (await OfLivingProcess().Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldBe(reply with { IsReplayed = true });
    }

    [Fact]
    public async Task A_request_without_a_reply_is_not_found()
    {
        await Journal.BeginAsync(Intent(), Ct);
        var failed = Intent();
        await Journal.BeginAsync(failed, Ct);
        await Journal.FailAsync(failed.Id, "model.unavailable", Ct);

        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldBeNull();
        (await Journal.FindReplyAsync(CallSamples.Key("another"), Run, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_replies_to_one_request_the_later_is_found()
    {
        await AnswerAsync(Intent(), CallSamples.Reply("first", 1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AnswerAsync(Intent(), CallSamples.Reply("second", 1));

        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldNotBeNull().Content.ShouldBe("second");
    }

    [Fact]
    public async Task A_reply_that_a_run_could_not_use_is_found_by_that_run_only()
    {
        await AnswerAsync(Intent(), CallSamples.Reply("nonsense", 1));
        await AnswerAsync(Intent(request: "another"), CallSamples.Reply("sense", 1));

        await Journal.MarkUnusableAsync([CallSamples.Key()], Run, Ct);

        var (afterCrash, _) = OfLivingProcess();
        (await afterCrash.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldNotBeNull().Content.ShouldBe("nonsense");
        (await afterCrash.FindReplyAsync(CallSamples.Key(), "run_b", Ct)).ShouldBeNull();
        (await afterCrash.FindReplyAsync(CallSamples.Key("another"), "run_b", Ct)).ShouldNotBeNull();
        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).Calls.ShouldBe(2);
    }

    [Fact]
    public async Task What_one_run_could_not_use_is_not_given_to_another_that_marks_it_too()
    {
        await AnswerAsync(Intent(), CallSamples.Reply("nonsense", 1));
        await Journal.MarkUnusableAsync([CallSamples.Key()], Run, Ct);

        await Journal.MarkUnusableAsync([CallSamples.Key()], "run_b", Ct);

        (await Journal.FindReplyAsync(CallSamples.Key(), "run_b", Ct)).ShouldBeNull();
        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_a_reply_asked_for_anew_the_new_one_is_found()
    {
        await AnswerAsync(Intent(), CallSamples.Reply("nonsense", 1));
        await Journal.MarkUnusableAsync([CallSamples.Key()], Run, Ct);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AnswerAsync(Intent(), CallSamples.Reply("sense", 1));

        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldNotBeNull().Content.ShouldBe("sense");
        (await Journal.FindReplyAsync(CallSamples.Key(), "run_b", Ct)).ShouldNotBeNull().Content.ShouldBe("sense");
    }

    [Fact]
    public async Task Sections_are_found_one_by_one_with_their_place_in_the_reply()
    {
        await AnswerAsync(Intent(request: "a"), CallSamples.Reply("one", 1, 2), ["page a", "page b"]);
        await AnswerAsync(Intent(request: "b"), CallSamples.Reply("two", 9), ["page c"]);

        var found = await Journal.FindSectionsAsync(["page b", "page c", "page d"], Ct);

        found.Keys.Order(StringComparer.Ordinal).ShouldBe(["page b", "page c"]);
        found["page b"].ShouldBe(new AnsweredSection(CallSamples.Reply("one", 1, 2) with { IsReplayed = true }, 1));
        found["page c"].ShouldBe(new AnsweredSection(CallSamples.Reply("two", 9) with { IsReplayed = true }, 0));
    }

    [Fact]
    public async Task A_reply_that_answers_no_section_whole_gives_none()
    {
        await AnswerAsync(Intent(), CallSamples.Reply("cut", 1, 2), []);

        (await Journal.FindSectionsAsync(["page a", "page b"], Ct)).ShouldBeEmpty();
        (await Journal.FindSectionsAsync([], Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_page_twice_in_one_call_is_one_section()
    {
        await AnswerAsync(Intent(), CallSamples.Reply("one", 1, 2, 3), ["page a", "page a", "page b"]);

        var found = await Journal.FindSectionsAsync(["page a", "page b"], Ct);

        found["page a"].Index.ShouldBe(0);
        found["page b"].Index.ShouldBe(2);
    }

    [Fact]
    public async Task Thousands_of_sections_are_found_at_once()
    {
        var keys = Enumerable.Range(1, 3_000).Select(number => $"page {number}").ToValueList();
        await AnswerAsync(Intent(), CallSamples.Reply("all", [.. Enumerable.Range(1, 3_000)]), keys);

        (await Journal.FindSectionsAsync(keys, Ct)).Count.ShouldBe(3_000);
    }

    [Fact]
    public async Task Completing_gives_the_reservation_back_and_spends_the_cost()
    {
        var intent = Intent();
        await SendAsync(intent, CallSamples.Cents(5));

        await Journal.CompleteAsync(intent.Id, CallSamples.Reply("done", 1), CallSamples.Cents(2), [], Ct);

        foreach (var scope in intent.Scopes)
        {
            (await Ledger.FindBudgetAsync(scope, Ct)).ShouldBe(new Budget(scope, null, CallSamples.Cents(2), Money.Zero));
        }

        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).ShouldBe(new CostSummary(CallSamples.Cents(2), 1, 0, 0, 1_200, 300, Estimated: false));
    }

    [Fact]
    public async Task Completing_twice_counts_once()
    {
        var intent = Intent();
        await SendAsync(intent, CallSamples.Cents(5));

        await Journal.CompleteAsync(intent.Id, CallSamples.Reply("done", 1), CallSamples.Cents(2), ["page a"], Ct);
        await Journal.CompleteAsync(intent.Id, CallSamples.Reply("done", 1), CallSamples.Cents(2), ["page a"], Ct);

        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).ShouldBe(new CostSummary(CallSamples.Cents(2), 1, 0, 0, 1_200, 300, Estimated: false));
        (await Ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct)).Spent.ShouldBe(CallSamples.Cents(2));
    }

    [Fact]
    public async Task What_came_dearer_than_its_worst_case_is_spent_as_it_is()
    {
        var intent = Intent();
        await SendAsync(intent, CallSamples.Cents(1));

        await Journal.CompleteAsync(intent.Id, CallSamples.Reply("done", 1), CallSamples.Cents(3), [], Ct);

        var budget = await Ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct);
        budget.Spent.ShouldBe(CallSamples.Cents(3));
        budget.Held.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task The_readers_of_its_batch_are_told_too()
    {
        await AnswerAsync(CallSamples.Intent(Clock.GetUtcNow(), Clock, batch: "bat_a"), CallSamples.Reply("one", 1));

        (await Events.ReadAsync("bat_a", 0, 100, Ct)).ShouldHaveSingleItem().Subject.ShouldBe(CallSamples.Document);
    }

    [Fact]
    public async Task Completing_tells_the_subjects_readers_what_it_cost_so_far()
    {
        await AnswerAsync(Intent(), CallSamples.Reply("one", 1));
        await AnswerAsync(Intent(), CallSamples.Reply("two", 1));

        var events = await Events.ReadAsync(CallSamples.Document, 0, 100, Ct);
        events.Select(happened => happened.Name).ShouldBe(["cost_update", "cost_update"]);
        var data = JsonDocument.Parse(events[1].Data).RootElement;
        data.GetProperty("document_id").GetString().ShouldBe(CallSamples.Document);
        data.GetProperty("cost").ToString().ShouldBe("""{"amount":"0.02","currency":"USD","calls":2,"calls_saved":0,"estimated":false}""");
    }

    [Fact]
    public async Task A_failed_call_keeps_what_its_tries_possibly_cost()
    {
        var intent = Intent();
        await SendAsync(intent, CallSamples.Cents(5));
        await Ledger.CountAsPaidAsync(intent.Id, Ct);
        await Ledger.ReserveAsync(intent.Id, CallSamples.Cents(7), Ct);

        await Journal.FailAsync(intent.Id, "model.unavailable", Ct);

        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).ShouldBe(new CostSummary(CallSamples.Cents(5), 0, 1, 0, 0, 0, Estimated: true));
        (await Ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct)).Held.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_call_that_fails_with_a_try_under_way_that_was_sent_counts_it_as_paid()
    {
        var intent = Intent();
        await SendAsync(intent, CallSamples.Cents(5));

        await Journal.FailAsync(intent.Id, "cancelled", Ct);

        var budget = await Ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct);
        (budget.Spent, budget.Held).ShouldBe((CallSamples.Cents(5), Money.Zero));
    }

    [Fact]
    public async Task Failing_after_the_answer_changes_nothing()
    {
        var intent = Intent();
        await AnswerAsync(intent, CallSamples.Reply("one", 1));

        await Journal.FailAsync(intent.Id, "cancelled", Ct);

        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldNotBeNull();
        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Forgetting_erases_a_subjects_replies_and_keeps_its_costs()
    {
        await AnswerAsync(Intent(request: "a"), CallSamples.Reply("one", 1), ["page a", "page b"]);
        await AnswerAsync(Intent("doc_other", "b"), CallSamples.Reply("two", 1), ["page b"]);
        var costs = await Ledger.CostOfAsync(CallSamples.Document, Ct);

        await Journal.ForgetAsync(CallSamples.Document, Ct);

        (await Journal.FindReplyAsync(CallSamples.Key("a"), Run, Ct)).ShouldBeNull();
        (await Journal.FindReplyAsync(CallSamples.Key("b"), Run, Ct)).ShouldNotBeNull();
        (await Journal.FindSectionsAsync(["page a", "page b"], Ct)).Keys.ShouldBe(["page b"]);
        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).ShouldBe(costs);
    }

    [Fact]
    public async Task Of_a_dead_process_what_was_sent_counts_as_paid_and_what_was_not_is_given_back()
    {
        var (journal, ledger) = OfDeadProcess();
        var sent = Intent();
        await journal.BeginAsync(sent, Ct);
        await ledger.ReserveAsync(sent.Id, CallSamples.Cents(5), Ct);
        await ledger.MarkSentAsync(sent.Id, Ct);
        var reserved = Intent();
        await journal.BeginAsync(reserved, Ct);
        await ledger.ReserveAsync(reserved.Id, CallSamples.Cents(3), Ct);
        await journal.BeginAsync(Intent(), Ct);

        (await Journal.RecoverAsync(Ct)).ShouldBe(3);

        var budget = await Ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct);
        (budget.Spent, budget.Held).ShouldBe((CallSamples.Cents(5), Money.Zero));
        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).ShouldBe(new CostSummary(CallSamples.Cents(5), 0, 1, 0, 0, 0, Estimated: true));
        (await Journal.RecoverAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Replies_of_a_dead_process_are_found()
    {
        var (journal, ledger) = OfDeadProcess();
        var intent = Intent();
        await journal.BeginAsync(intent, Ct);
        await ledger.ReserveAsync(intent.Id, CallSamples.Cents(5), Ct);
        await ledger.MarkSentAsync(intent.Id, Ct);
        await journal.CompleteAsync(intent.Id, CallSamples.Reply("paid", 1), CallSamples.Cents(1), ["page a"], Ct);

        (await Journal.RecoverAsync(Ct)).ShouldBe(0);

        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldNotBeNull().Content.ShouldBe("paid");
        (await Journal.FindSectionsAsync(["page a"], Ct)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Calls_of_living_processes_are_left_alone()
    {
        var (journal, ledger) = OfLivingProcess();
        var intent = Intent();
        await journal.BeginAsync(intent, Ct);
        await ledger.ReserveAsync(intent.Id, CallSamples.Cents(5), Ct);

        (await Journal.RecoverAsync(Ct)).ShouldBe(0);

        (await Ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct)).Held.ShouldBe(CallSamples.Cents(5));
    }

    [Fact]
    public async Task A_call_is_under_way_elsewhere_until_it_has_ended()
    {
        var other = OfLivingProcess().Journal;
        var intent = Intent();
        await other.BeginAsync(intent, Ct);
        var whileOpen = (await Journal.IsUnderWayElsewhereAsync(intent.Key, Ct), await other.IsUnderWayElsewhereAsync(intent.Key, Ct));

        await other.FailAsync(intent.Id, "model.unavailable", Ct);

        whileOpen.ShouldBe((true, false), "one's own call is not elsewhere");
        (await Journal.IsUnderWayElsewhereAsync(intent.Key, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_of_a_dead_process_is_under_way_nowhere()
    {
        var intent = Intent();
        await OfDeadProcess().Journal.BeginAsync(intent, Ct);

        (await Journal.IsUnderWayElsewhereAsync(intent.Key, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_reply_that_comes_after_its_call_was_given_up_is_kept_and_spent()
    {
        var intent = Intent();
        await SendAsync(intent, CallSamples.Cents(5));
        await Ledger.CountAsPaidAsync(intent.Id, Ct);
        await Journal.FailAsync(intent.Id, "model.no-answer", Ct);

        await Journal.CompleteAsync(intent.Id, CallSamples.Reply("late", 1), CallSamples.Cents(2), [], Ct);

        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldNotBeNull().Content.ShouldBe("late");
        (await Ledger.CostOfAsync(CallSamples.Document, Ct)).Amount.ShouldBe(CallSamples.Cents(7));
    }

    [Fact]
    public async Task A_call_without_an_intent_cannot_be_completed() => await Should.ThrowAsync<InvalidOperationException>(
        () => Journal.CompleteAsync(StrongId.New<CallId>(Clock), CallSamples.Reply("x", 1), Money.Zero, [], Ct));

    [Fact]
    public async Task A_cancelled_completion_leaves_nothing_half_done()
    {
        var intent = Intent();
        await SendAsync(intent, CallSamples.Cents(5));

        await Should.ThrowAsync<OperationCanceledException>(
            () => Journal.CompleteAsync(intent.Id, CallSamples.Reply("x", 1), CallSamples.Cents(1), ["page a"], new CancellationToken(canceled: true)));

        (await Journal.FindReplyAsync(CallSamples.Key(), Run, Ct)).ShouldBeNull();
        (await Ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct)).Held.ShouldBe(CallSamples.Cents(5));
    }

    private CallIntent Intent(string subject = CallSamples.Document, string request = "pages 1 and 2") =>
        CallSamples.Intent(Clock.GetUtcNow(), Clock, subject, request: request);

    private async Task SendAsync(CallIntent intent, Money worstCase)
    {
        await Journal.BeginAsync(intent, Ct);
        (await Ledger.ReserveAsync(intent.Id, worstCase, Ct)).Answer.ShouldBe(ReservationAnswer.Granted);
        await Ledger.MarkSentAsync(intent.Id, Ct);
    }

    private async Task AnswerAsync(CallIntent intent, ModelReply reply, ValueList<string>? sections = null)
    {
        await SendAsync(intent, CallSamples.Cents(5));
        await Journal.CompleteAsync(intent.Id, reply, CallSamples.Cents(1), sections ?? [], Ct);
    }
}
