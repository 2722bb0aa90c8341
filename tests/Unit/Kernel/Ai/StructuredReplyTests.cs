using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Unit.Kernel.Ai;

public sealed class StructuredReplyTests
{
    private const string Nonsense = "I cannot see any pages.";

    [Fact]
    public async Task The_question_holds_preface_headed_pages_and_page_breaks()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Transcribe(request));

        await model.AskAsync("doc_1", (3, "three\nlines"), (4, "four"));

        model.Sent[0].Content.ShouldBe("Account 4711\n\n[page 3]\nthree\nlines\n---PAGE BREAK---\n[page 4]\nfour");
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(600, 1700)]
    [InlineData(5000, 8000)]
    public async Task The_longest_reply_follows_from_the_forecast(int forecast, int expected)
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Transcribe(request));

        await model.Model.AskAsync(TranscriptTask.Of((1, "one")) with { Forecast = forecast }, TranscriptTask.For("doc_1"), TestContext.Current.CancellationToken);

        model.Sent[0].MaximumOutputTokens.ShouldBe(expected);
    }

    [Fact]
    public async Task A_reply_that_cannot_be_read_is_sent_back_once_with_its_fault()
    {
        var model = new ScriptedModel().Answers(static (request, index) =>
            index == 0 ? ScriptedModel.Reply(request, """{"page":1}""") : ScriptedModel.Transcribe(request));

        var answer = await model.AskAsync("doc_1", (3, "three"));

        answer.Value.ShouldBe(new ModelAnswer<Transcript>(new(["3: three"]), PaidCalls: 2));
        var repair = model.Sent[1].Repair.ShouldNotBeNull();
        repair.Reply.ShouldBe("""{"page":1}""");
        repair.Fault.ShouldContain("There is no list 'pages'.");
        model.Calls.Calls.Select(static call => call.AnsweredSections.Count).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task A_reply_that_is_bad_twice_is_refused()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Reply(request, Nonsense));

        (await model.AskAsync("doc_1", (3, "three"))).Error.ShouldBe(ModelErrors.Malformed("It is not one JSON object."));

        model.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Bad_replies_are_not_paid_twice_either()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Reply(request, Nonsense));
        await model.AskAsync("doc_1", (3, "three"));

        await model.AskAsync("doc_2", (3, "three"));

        model.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_next_run_asks_anew_what_an_earlier_one_could_not_use()
    {
        var model = new ScriptedModel().Answers(static (request, index) =>
            index < 2 ? ScriptedModel.Reply(request, Nonsense) : ScriptedModel.Transcribe(request));
        await AskInRunAsync(model, "run_1");

        var answer = await AskInRunAsync(model, "run_2");

        answer.Value.ShouldBe(new ModelAnswer<Transcript>(new(["3: three"]), PaidCalls: 1));
        (await AskInRunAsync(model, "run_1")).Value.ShouldNotBeNull().PaidCalls.ShouldBe(0);
        model.Calls.Calls.Count(static call => call.Cost > Money.Zero).ShouldBe(3);
    }

    [Fact]
    public async Task The_same_run_after_a_crash_does_not_pay_again_for_what_it_cannot_use()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Reply(request, Nonsense));
        await AskInRunAsync(model, "run_1");

        (await AskInRunAsync(model, "run_1")).Error.ShouldBe(ModelErrors.Malformed("It is not one JSON object."));

        model.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Asking_anew_keeps_the_cap()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Reply(request, Nonsense));
        await AskInRunAsync(model, "run_1");
        await model.Calls.SetCapAsync(new("doc_1"), model.Calls.Spent, TestContext.Current.CancellationToken);

        (await AskInRunAsync(model, "run_2")).Error.ShouldNotBeNull().Code.ShouldBe("budget_exhausted");

        model.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_reply_about_a_page_that_was_not_sent_is_bad()
    {
        var model = new ScriptedModel().Answers(static (request, index) =>
            index == 0 ? ScriptedModel.Reply(request, TranscriptTask.Reply((99, "three"))) : ScriptedModel.Transcribe(request));

        (await model.AskAsync("doc_1", (3, "three"))).Value.ShouldNotBeNull().PaidCalls.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_not_repaired()
    {
        var model = new ScriptedModel().Answers(static (request, _) => ScriptedModel.Reply(request, string.Empty, ModelStop.Refused));

        (await model.AskAsync("doc_1", (3, "three"))).Error.ShouldBe(ModelErrors.Refused());

        model.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_cut_off_before_its_allowed_length_teaches_the_models_own()
    {
        var model = new ScriptedModel().Answers(static (request, _) =>
            ScriptedModel.Reply(request, """{"pages":[""", ModelStop.Length, new TokenUsage(100, 700)));

        (await model.AskAsync("doc_1", (3, "three"))).Error.ShouldBe(ModelErrors.OutputTruncated());

        (await model.Model.LimitsAsync(TestContext.Current.CancellationToken)).OutputTokens.ShouldBe(700);
    }

    [Fact]
    public async Task A_reply_cut_off_at_its_allowed_length_teaches_nothing()
    {
        var model = new ScriptedModel().Answers(static (request, _) =>
            ScriptedModel.Reply(request, """{"pages":[""", ModelStop.Length, new TokenUsage(100, request.MaximumOutputTokens)));

        await model.AskAsync("doc_1", (3, "three"));

        model.Limits.Learned.ShouldBe(LearnedLimits.None);
    }

    [Fact]
    public async Task A_task_without_pages_is_asked_again_with_all_the_room_there_is()
    {
        var model = new ScriptedModel().Answers(static (request, index) => index == 0
            ? ScriptedModel.Reply(request, """{"pages":[""", ModelStop.Length, new TokenUsage(100, request.MaximumOutputTokens))
            : ScriptedModel.Reply(request, """{"pages":[]}"""));

        (await model.AskAsync("doc_1")).Value.ShouldNotBeNull().PaidCalls.ShouldBe(2);

        model.Sent[1].MaximumOutputTokens.ShouldBe(8000);
    }

    [Fact]
    public async Task A_model_that_used_the_room_up_for_thinking_gets_all_there_is_from_then_on()
    {
        var model = new ScriptedModel().Answers(static (request, _) => request.MaximumOutputTokens < 8000
            ? ScriptedModel.Reply(request, string.Empty, ModelStop.Length, new TokenUsage(100, request.MaximumOutputTokens))
            : ScriptedModel.Transcribe(request));

        (await model.AskAsync("doc_1", (3, "three"))).Value.ShouldNotBeNull().PaidCalls.ShouldBe(2);
        (await model.AskAsync("doc_1", (4, "four"))).Value.ShouldNotBeNull().PaidCalls.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_is_refused_for_its_size_teaches_it()
    {
        var model = new ScriptedModel().Answers(static (_, _) => ModelErrors.InputTooLarge());

        (await model.AskAsync("doc_1", (3, new string('x', 4000)))).Error.ShouldBe(ModelErrors.InputTooLarge());

        (await model.Model.LimitsAsync(TestContext.Current.CancellationToken)).InputTokens.ShouldBe(TokenCount.Estimate(new string('x', 4000)));
    }

    private static Task<Result<ModelAnswer<Transcript>>> AskInRunAsync(ScriptedModel model, string run) => model.Model.AskAsync(
        TranscriptTask.Of((3, "three")), TranscriptTask.For("doc_1") with { Run = run }, TestContext.Current.CancellationToken);
}
