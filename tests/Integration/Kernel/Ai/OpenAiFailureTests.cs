using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Costs;
using Idp.Integration.Faults;
using Idp.Unit.Kernel.Ai;
using Microsoft.AspNetCore.Http;

namespace Idp.Integration.Kernel.Ai;

/// <summary>What the model client makes of answers that are none, and what they cost.</summary>
public sealed class OpenAiFailureTests
{
    private static readonly (int, string) Page = (3, "The secret of page three");

    [Theory]
    [InlineData("length", "model.output-truncated")]
    [InlineData("content_filter", "model.refused")]
    public async Task A_reply_that_ended_early_is_no_answer(string finishReason, string code)
    {
        await using var server = await ChatServer.StartAsync((_, context) => ChatServer.CompleteAsync(context, """{"pages":[""", finishReason));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).Error.ShouldNotBeNull().Code.ShouldBe(code);

        model.Calls.Calls.ShouldHaveSingleItem().Cost.ShouldBe(Money.FromDollars(0.12m));
    }

    [Theory]
    [InlineData(500, "", "model.unavailable")]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-hush"}}""", "model.unauthorised")]
    [InlineData(413, "", "model.input-too-large")]
    [InlineData(400, """{"error":{"message":"maximum context length","code":"context_length_exceeded"}}""", "model.input-too-large")]
    [InlineData(429, """{"error":{"message":"quota","code":"insufficient_quota"}}""", "model.quota-exhausted")]
    [InlineData(404, """{"error":{"message":"The secret of page three"}}""", "model.bad-request")]
    public async Task A_refusal_is_not_paid(int status, string body, string code)
    {
        await using var server = await ChatServer.StartAsync((_, context) => ChatServer.WriteAsync(context, status, body));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).Error.ShouldNotBeNull().Code.ShouldBe(code);

        model.Calls.Spent.ShouldBe(Money.Zero);
        model.Gate.Reports.ShouldBe([(status >= 500 ? "failed" : "refused", null)]);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_and_told_to_the_gate()
    {
        var count = 0;
        await using var server = await ChatServer.StartAsync((question, context) =>
        {
            context.Response.Headers["x-ratelimit-limit-requests"] = "60";
            context.Response.Headers["x-ratelimit-remaining-requests"] = "0";
            context.Response.Headers["x-ratelimit-reset-requests"] = "1s";
            context.Response.Headers.RetryAfter = "1";
            return Interlocked.Increment(ref count) == 1
                ? ChatServer.WriteAsync(context, 429, """{"error":{"message":"slow down","code":"rate_limit_exceeded"}}""")
                : ChatServer.CompleteAsync(context, question.Transcript());
        });
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).IsSuccess.ShouldBeTrue();

        var limits = new ProviderLimits(60, 0, TimeSpan.FromSeconds(1), null, null, null);
        model.Gate.Reports.ShouldBe([("rate limited for 00:00:01", limits), ("succeeded", limits)]);
    }

    [Fact]
    public async Task A_reply_that_is_dropped_counts_as_paid_and_is_asked_for_again()
    {
        var count = 0;
        await using var server = await ChatServer.StartAsync((question, context) =>
        {
            if (Interlocked.Increment(ref count) > 1)
            {
                return ChatServer.CompleteAsync(context, question.Transcript());
            }

            context.Abort();
            return Task.CompletedTask;
        });
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl, attempts: 2));

        (await model.AskAsync(Page)).IsSuccess.ShouldBeTrue();

        var call = model.Calls.Calls.ShouldHaveSingleItem();
        (call.Tries, call.Unanswered, call.Cost).ShouldBe((2, 1, Money.FromDollars(0.12m)));
        call.PossiblyPaid.ShouldBeGreaterThan(Money.FromDollars(2));
    }

    [Fact]
    public async Task A_body_that_breaks_off_counts_as_paid()
    {
        await using var server = await ChatServer.StartAsync(static async (_, context) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"choices":[""", CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            context.Abort();
        });
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).Error.ShouldNotBeNull().Code.ShouldBe("model.no-answer");

        model.Calls.Calls.ShouldHaveSingleItem().Unanswered.ShouldBe(1);
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[{"message":7}]}""")]
    [InlineData("""[]""")]
    [InlineData("")]
    public async Task A_success_that_is_no_reply_counts_as_paid(string body)
    {
        await using var server = await ChatServer.StartAsync((_, context) => ChatServer.WriteAsync(context, 200, body));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).Error.ShouldBe(ModelErrors.BrokenAnswer());

        model.Calls.Calls.ShouldHaveSingleItem().Unanswered.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_without_end_is_not_read_to_its_end()
    {
        await using var server = await ChatServer.StartAsync(static async (_, context) =>
        {
            var chunk = new byte[1 << 20];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        });
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).Error.ShouldBe(ModelErrors.BrokenAnswer());
    }

    [Fact]
    public async Task A_provider_that_is_too_slow_is_given_up_and_may_have_been_paid()
    {
        var aborted = new TaskCompletionSource();
        await using var server = await ChatServer.StartAsync((_, context) => WaitForAbortAsync(context, new TaskCompletionSource(), aborted));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl, timeoutSeconds: 1));

        (await model.AskAsync(Page)).Error.ShouldNotBeNull().Code.ShouldBe("model.no-answer");

        await aborted.Task.WaitAsync(TestContext.Current.CancellationToken);
        model.Gate.Reports.ShouldBe([("timed out", null)]);
        model.Calls.Calls.ShouldHaveSingleItem().Unanswered.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_aborts_the_request_at_the_server()
    {
        using var cancellation = new CancellationTokenSource();
        var (arrived, aborted) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await ChatServer.StartAsync((_, context) => WaitForAbortAsync(context, arrived, aborted));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));
        var asked = model.Model.AskAsync(TranscriptTask.Of(Page), TranscriptTask.For("doc_1"), cancellation.Token);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asked);
        await aborted.Task.WaitAsync(TestContext.Current.CancellationToken);
        model.Calls.Calls.ShouldHaveSingleItem().Unanswered.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_paid()
    {
        await using var model = new ConnectedModel(ConnectedModel.Options($"http://127.0.0.1:{ServiceProcess.FreePort()}/v1"));

        (await model.AskAsync(Page)).Error.ShouldNotBeNull().Code.ShouldBe("model.unavailable");

        model.Calls.Spent.ShouldBe(Money.Zero);
    }

    private static async Task WaitForAbortAsync(HttpContext context, TaskCompletionSource arrived, TaskCompletionSource aborted)
    {
        context.RequestAborted.Register(() => aborted.TrySetResult());
        arrived.TrySetResult();
        await aborted.Task;
    }
}
