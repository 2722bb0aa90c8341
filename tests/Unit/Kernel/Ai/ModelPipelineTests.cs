using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Ai;

namespace Idp.Unit.Kernel.Ai;

public sealed class ModelPipelineTests
{
    private static readonly (int, string)[] Page = [(3, "three")];

    [Fact]
    public async Task A_reply_is_on_record_with_its_cost_and_its_sections()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Transcribe(request));

        var answer = await model.AskAsync("doc_1", (3, "three"), (4, "four"));

        answer.Value.ShouldBe(new ModelAnswer<Transcript>(new(["3: three", "4: four"]), PaidCalls: 1));
        var call = model.Calls.Calls.ShouldHaveSingleItem();
        call.Cost.ShouldBe(Money.FromDollars(0.12m));
        call.AnsweredSections.ShouldBe(["key of three", "key of four"]);
        call.Intent.Scopes.ShouldBe([new BudgetScope("doc_1"), new BudgetScope("day:2026-03-14")]);
        call.Intent.Pages.ShouldBe([3, 4]);
        model.Reports.ShouldBe(["succeeded with 110"]);
    }

    [Fact]
    public async Task A_question_that_was_answered_costs_nothing_and_finds_its_own_page_numbers()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Transcribe(request));
        await model.AskAsync("doc_1", (3, "three"), (4, "four"));

        var again = await model.AskAsync("doc_2", (7, "three"), (9, "four"));

        again.Value.ShouldBe(new ModelAnswer<Transcript>(new(["7: three", "9: four"]), PaidCalls: 0));
        model.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Equal_questions_at_once_are_asked_once()
    {
        var answered = new TaskCompletionSource();
        var model = new ScriptedModel().Answers(async (call, _, ct) =>
        {
            await answered.Task.WaitAsync(ct);
            return new ModelExchange(ScriptedModel.Transcribe(call.Request), null);
        });
        var first = model.AskAsync("doc_1", Page);
        var second = model.AskAsync("doc_2", (8, "three"));

        answered.SetResult();

        (await first).Value.ShouldNotBeNull().PaidCalls.ShouldBe(1);
        (await second).Value.ShouldBe(new ModelAnswer<Transcript>(new(["8: three"]), PaidCalls: 0));
        model.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_the_one_who_asked_is_cancelled_the_next_takes_over()
    {
        using var cancellation = new CancellationTokenSource();
        var model = new ScriptedModel().Answers(async (call, index, ct) =>
        {
            await (index == 0 ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct) : Task.CompletedTask);
            return new ModelExchange(ScriptedModel.Transcribe(call.Request), null);
        });
        var first = model.Model.AskAsync(TranscriptTask.Of(Page), TranscriptTask.For("doc_1"), cancellation.Token);
        var second = model.AskAsync("doc_2", Page);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).Value.ShouldNotBeNull().PaidCalls.ShouldBe(1);
        model.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_call_that_is_cut_off_after_it_was_sent_counts_as_paid()
    {
        using var cancellation = new CancellationTokenSource();
        var model = new ScriptedModel().Answers(async (_, _, ct) =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            throw new InvalidOperationException("The wait never ends.");
        });

        await Should.ThrowAsync<OperationCanceledException>(
            () => model.Model.AskAsync(TranscriptTask.Of(Page), TranscriptTask.For("doc_1"), cancellation.Token));

        var call = model.Calls.Calls.ShouldHaveSingleItem();
        (call.Unanswered, call.Error, call.Held).ShouldBe((1, "model.cancelled", Money.Zero));
        call.PossiblyPaid.ShouldBe(WorstCase(model));
        model.Reports.ShouldBe(["failed"]);
    }

    [Fact]
    public async Task A_reply_that_comes_as_the_question_is_cancelled_is_kept()
    {
        using var cancellation = new CancellationTokenSource();
        var model = new ScriptedModel().Answers(async (call, _, _) =>
        {
            await cancellation.CancelAsync();
            return new ModelExchange(ScriptedModel.Transcribe(call.Request), null);
        });

        await model.Model.AskAsync(TranscriptTask.Of(Page), TranscriptTask.For("doc_1"), cancellation.Token);

        model.Calls.Calls.ShouldHaveSingleItem().Reply.ShouldNotBeNull();
    }

    [Fact]
    public async Task Each_try_reserves_anew_and_what_is_not_paid_is_given_back()
    {
        var model = new ScriptedModel().Answers(static (request, index) =>
            index < 3 ? ModelErrors.Unavailable("status 500") : ScriptedModel.Transcribe(request));

        (await model.AskAsync("doc_1", Page)).IsSuccess.ShouldBeTrue();

        var call = model.Calls.Calls.ShouldHaveSingleItem();
        (call.Tries, call.Unanswered, call.Held).ShouldBe((4, 0, Money.Zero));
        model.Calls.Spent.ShouldBe(Money.FromDollars(0.12m));
    }

    [Fact]
    public async Task A_dropped_reply_counts_as_paid_besides_the_one_that_came()
    {
        var model = new ScriptedModel().Answers(static (request, index) =>
            index == 0 ? ModelErrors.NoAnswer("the connection broke off") : ScriptedModel.Transcribe(request));

        await model.AskAsync("doc_1", Page);

        model.Calls.Calls.ShouldHaveSingleItem().Unanswered.ShouldBe(1);
        model.Calls.Spent.ShouldBe(WorstCase(model) + Money.FromDollars(0.12m));
    }

    [Fact]
    public async Task Faults_are_tried_only_as_often_as_is_set()
    {
        var model = new ScriptedModel(ScriptedModel.Priced(attempts: 3)).Answers(static (_, _) => ModelErrors.Unavailable("status 500"));

        var answer = await model.AskAsync("doc_1", Page);

        answer.Error.ShouldBe(ModelErrors.Unavailable("status 500"));
        model.Sent.Count.ShouldBe(3);
        model.Calls.Calls.ShouldHaveSingleItem().Error.ShouldBe("model.unavailable");
    }

    [Fact]
    public async Task To_slow_down_is_no_fault_and_is_tried_far_longer()
    {
        var model = new ScriptedModel(ScriptedModel.Priced(attempts: 2)).Answers(static (request, index) =>
            index < 40 ? ModelErrors.RateLimited(null) : ScriptedModel.Transcribe(request));

        (await model.AskAsync("doc_1", Page)).IsSuccess.ShouldBeTrue();

        model.Reports.Count(static report => report == "rate limited").ShouldBe(40);
    }

    [Fact]
    public async Task The_wait_that_the_provider_asks_for_is_kept()
    {
        var clock = new LeapingTimeProvider();
        var model = new ScriptedModel(clock: clock).Answers(static (request, index) =>
            index == 0 ? ModelErrors.RateLimited(TimeSpan.FromSeconds(17)) : ScriptedModel.Transcribe(request));

        await model.AskAsync("doc_1", Page);

        clock.Waits.ShouldBe([TimeSpan.FromSeconds(17)]);
    }

    [Fact]
    public async Task A_provider_that_wants_hours_is_not_waited_for()
    {
        var model = new ScriptedModel().Answers(static (_, _) => ModelErrors.RateLimited(TimeSpan.FromHours(3)));

        (await model.AskAsync("doc_1", Page)).Error.ShouldNotBeNull().RetryAfter.ShouldBe(TimeSpan.FromHours(3));

        model.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_will_fail_again_is_not_tried_again()
    {
        var model = new ScriptedModel().Answers(static (_, _) => ModelErrors.Unauthorised());

        (await model.AskAsync("doc_1", Page)).Error.ShouldBe(ModelErrors.Unauthorised());

        model.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_budget_that_does_not_hold_the_worst_case_sends_nothing()
    {
        var model = new ScriptedModel();
        await model.Calls.SetCapAsync(new("doc_1"), Money.FromDollars(0.5m), TestContext.Current.CancellationToken);

        (await model.AskAsync("doc_1", Page)).Error.ShouldBe(ModelErrors.BudgetExhausted(new("doc_1"), Money.FromDollars(0.5m)));

        model.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_budget_that_ends_between_two_tries_ends_the_call()
    {
        var model = new ScriptedModel().Answers(static (_, _) => ModelErrors.NoAnswer("the connection broke off"));
        await model.Calls.SetCapAsync(new("doc_1"), Money.FromDollars(6m), TestContext.Current.CancellationToken);

        (await model.AskAsync("doc_1", Page)).Error.ShouldNotBeNull().Code.ShouldBe("budget_exhausted");

        model.Sent.Count.ShouldBe(2);
        model.Calls.Spent.ShouldBeLessThanOrEqualTo(Money.FromDollars(6m));
    }

    [Fact]
    public async Task One_documents_empty_budget_does_not_stop_another_that_asks_the_same()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Transcribe(request));
        await model.Calls.SetCapAsync(new("doc_1"), Money.Zero, TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(model.AskAsync("doc_1", Page), model.AskAsync("doc_2", Page));

        answers[1].IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_waits_while_others_hold_the_money_that_it_needs()
    {
        var first = new TaskCompletionSource();
        var model = new ScriptedModel().Answers(async (call, index, ct) =>
        {
            await (index == 0 ? first.Task.WaitAsync(ct) : Task.CompletedTask);
            return new ModelExchange(ScriptedModel.Transcribe(call.Request), null);
        });
        await model.Calls.SetCapAsync(new("doc_1"), Money.FromDollars(3.5m), TestContext.Current.CancellationToken);
        var asked = new[] { model.AskAsync("doc_1", (1, "one")), model.AskAsync("doc_1", (2, "two")) };
        model.Sent.Count.ShouldBe(1);

        first.SetResult();

        (await Task.WhenAll(asked)).ShouldAllBe(static answer => answer.IsSuccess);
    }

    [Fact]
    public async Task Without_a_price_nothing_is_sent_where_a_cap_is_set()
    {
        var model = new ScriptedModel(new LanguageModelOptions { Provider = "openai", Model = "m" });
        await model.Calls.SetCapAsync(new("day:2026-03-14"), Money.FromDollars(100), TestContext.Current.CancellationToken);

        (await model.AskAsync("doc_1", Page)).Error.ShouldBe(ModelErrors.PriceUnknown("m"));

        model.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_price_and_a_cap_the_cost_is_shown_as_an_estimate()
    {
        var model = new ScriptedModel(new LanguageModelOptions { Provider = "openai", Model = "m" })
            .Answers(static (request, _) => ScriptedModel.Transcribe(request));

        await model.AskAsync("doc_1", Page);

        var call = model.Calls.Calls.ShouldHaveSingleItem();
        call.Cost.ShouldBe(Money.Zero);
        call.Reply!.Usage.Estimated.ShouldBeTrue();
    }

    [Fact]
    public async Task A_crash_in_the_middle_leaves_no_try_open()
    {
        var model = new ScriptedModel().Answers((Func<ModelCall, int, CancellationToken, Task<ModelExchange>>)((_, _, _) => throw new InvalidTimeZoneException()));

        await Should.ThrowAsync<InvalidTimeZoneException>(() => model.AskAsync("doc_1", Page));

        var call = model.Calls.Calls.ShouldHaveSingleItem();
        (call.Try, call.Unanswered).ShouldBe((InMemoryCalls.TryState.None, 1));
    }

    /// <summary>What one try of the only request reserves.</summary>
    private static Money WorstCase(ScriptedModel model) => new ModelPrice("m", default, 1000, 2000)
        .CostOf(new TokenUsage(model.Sent[0].InputTokenBound, model.Sent[0].MaximumOutputTokens));
}
