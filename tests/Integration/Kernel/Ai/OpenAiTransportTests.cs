using System.Net.Sockets;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Unit.Kernel.Ai;
using Microsoft.AspNetCore.Http;

namespace Idp.Integration.Kernel.Ai;

public sealed class OpenAiTransportTests
{
    private static readonly (int, string) Page = (3, "The secret of page three");

    [Fact]
    public async Task The_request_is_what_openai_compatible_servers_expect()
    {
        await using var server = await ChatServer.StartAsync(static (question, context) => ChatServer.CompleteAsync(context, question.Transcript()));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl + "/"));

        (await model.AskAsync(Page)).Value.ShouldNotBeNull().PaidCalls.ShouldBe(1);

        var question = server.Questions.ShouldHaveSingleItem();
        (question.Method, question.Path, question.Query).ShouldBe(("POST", "/v1/chat/completions", string.Empty));
        question.Headers["Authorization"].ShouldBe("Bearer sk-hush");
        question.Headers.ShouldNotContainKey("api-key");
        question.Headers["Content-Type"].ShouldBe("application/json");
        question.Body.GetProperty("model").GetString().ShouldBe("m");
        question.Body.GetProperty("messages").GetArrayLength().ShouldBe(2);
        question.Message(0).ShouldBe("Repeat each page.");
        question.Message(1).ShouldBe("Account 4711\n\n[page 3]\nThe secret of page three");
        question.Body.GetProperty("temperature").GetInt32().ShouldBe(0);
        question.Body.GetProperty("max_tokens").GetInt32().ShouldBe(1000);
        question.Body.GetProperty("max_completion_tokens").GetInt32().ShouldBe(1000);
        var schema = question.Body.GetProperty("response_format").GetProperty("json_schema");
        (schema.GetProperty("name").GetString(), schema.GetProperty("strict").GetBoolean()).ShouldBe(("transcript", true));
        schema.GetProperty("schema").GetProperty("type").GetString().ShouldBe("object");
    }

    [Fact]
    public async Task A_query_in_the_base_address_is_kept_and_without_a_key_none_is_sent()
    {
        await using var server = await ChatServer.StartAsync(static (question, context) => ChatServer.CompleteAsync(context, question.Transcript()));
        var options = new LanguageModelOptions { Provider = "openai", BaseUrl = server.BaseUrl + "/deployments/d?api-version=2024-10-21", Model = "m" };
        await using var model = new ConnectedModel(options);

        (await model.AskAsync(Page)).IsSuccess.ShouldBeTrue();

        var question = server.Questions.ShouldHaveSingleItem();
        (question.Path, question.Query).ShouldBe(("/v1/deployments/d/chat/completions", "?api-version=2024-10-21"));
        question.Headers.ShouldNotContainKey("Authorization");
        model.Model.Identity.Endpoint.ShouldBe(server.BaseUrl + "/deployments/d");
    }

    [Fact]
    public async Task A_repair_sends_the_reply_and_its_fault_along()
    {
        await using var server = await ChatServer.StartAsync(static (question, context) => ChatServer.CompleteAsync(
            context, question.Body.GetProperty("messages").GetArrayLength() == 2 ? "no" : "```json\n" + question.Transcript() + "\n```"));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).Value.ShouldNotBeNull().PaidCalls.ShouldBe(2);

        var repair = server.Questions.Last();
        repair.Body.GetProperty("messages").EnumerateArray().Select(static message => message.GetProperty("role").GetString())
            .ShouldBe(["system", "user", "assistant", "user"]);
        repair.Message(2).ShouldBe("no");
        repair.Message(3).ShouldContain("It is not one JSON object.");
    }

    [Fact]
    public async Task A_form_that_is_refused_gives_way_to_the_next_once_and_for_all()
    {
        await using var server = await ChatServer.StartAsync(static (question, context) => question.Format is { } format
            ? ChatServer.WriteAsync(context, 400, $$$"""{"error":{"message":"response_format {{{format}}} is not supported","param":"response_format"}}""")
            : ChatServer.CompleteAsync(context, question.Transcript()));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        await model.AskAsync((1, "one"));
        await model.AskAsync((2, "two"));

        server.Questions.Select(static question => question.Format).ShouldBe(["json_schema", "json_object", null, null]);
        server.Questions.Last().Message(0).ShouldContain("additionalProperties");
        model.Calls.Calls.Select(static call => (call.Tries, call.Unanswered)).ShouldBe([(1, 0), (1, 0)]);
    }

    [Theory]
    [InlineData("max_tokens")]
    [InlineData("max_completion_tokens")]
    [InlineData("temperature")]
    public async Task A_parameter_that_is_refused_is_left_out_from_then_on(string parameter)
    {
        await using var server = await ChatServer.StartAsync((question, context) => question.Has(parameter)
            ? ChatServer.WriteAsync(context, 400, $$$"""{"error":{"message":"Unsupported parameter: '{{{parameter}}}'","param":"{{{parameter}}}","code":"unsupported_parameter"}}""")
            : ChatServer.CompleteAsync(context, question.Transcript()));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        await model.AskAsync((1, "one"));
        await model.AskAsync((2, "two"));

        server.Questions.Select(question => question.Has(parameter)).ShouldBe([true, false, false]);
        server.Questions.ShouldAllBe(static question => question.Has("max_tokens") || question.Has("max_completion_tokens"));
    }

    [Fact]
    public async Task A_server_that_refuses_everything_is_not_asked_for_ever()
    {
        await using var server = await ChatServer.StartAsync(static (_, context) =>
            ChatServer.WriteAsync(context, 400, """{"error":{"message":"response_format temperature max_tokens max_completion_tokens"}}"""));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).Error.ShouldBe(ModelErrors.BadRequest(400));

        server.Questions.Count.ShouldBe(6);
    }

    [Fact]
    public async Task What_the_provider_counts_is_what_it_costs()
    {
        await using var server = await ChatServer.StartAsync(static (question, context) => ChatServer.CompleteAsync(
            context, question.Transcript(), usage: """{"prompt_tokens":200,"completion_tokens":30,"total_tokens":250,"prompt_tokens_details":{"cached_tokens":40}}"""));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        await model.AskAsync(Page);

        var call = model.Calls.Calls.ShouldHaveSingleItem();
        call.Reply!.Usage.ShouldBe(new TokenUsage(200, 50, 40));
        call.Cost.ShouldBe(Money.FromDollars(0.3m));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"prompt_tokens":0,"completion_tokens":0}""")]
    public async Task Without_a_count_the_most_that_it_can_cost_is_shown_as_an_estimate(string usage)
    {
        await using var server = await ChatServer.StartAsync((question, context) => ChatServer.CompleteAsync(context, question.Transcript(), usage: usage));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        await model.AskAsync(Page);

        var counted = model.Calls.Calls.ShouldHaveSingleItem().Reply!.Usage;
        (counted.Estimated, counted.OutputTokens).ShouldBe((true, 1000));
        counted.InputTokens.ShouldBeGreaterThan(150);
    }

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
        model.Gate.Reports.ShouldBe([("failed", null)]);
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
        await using var model = new ConnectedModel(ConnectedModel.Options($"http://127.0.0.1:{FreePort()}/v1"));

        (await model.AskAsync(Page)).Error.ShouldNotBeNull().Code.ShouldBe("model.unavailable");

        model.Calls.Spent.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task The_key_does_not_follow_a_redirect()
    {
        await using var other = await ChatServer.StartAsync(static (question, context) => ChatServer.CompleteAsync(context, question.Transcript()));
        await using var server = await ChatServer.StartAsync((_, context) =>
        {
            context.Response.Headers.Location = other.BaseUrl + "/chat/completions";
            return ChatServer.WriteAsync(context, 307, string.Empty);
        });
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        (await model.AskAsync(Page)).Error.ShouldBe(ModelErrors.BadRequest(307));

        other.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_key_nor_pages_are_in_logs_and_errors()
    {
        await using var server = await ChatServer.StartAsync(static (question, context) => ChatServer.WriteAsync(
            context, 400, $$$"""{"error":{"message":"bad: {{{question.Message(1).Replace('\n', ' ')}}} sk-hush","type":"The secret of page three","code":"sk hush"}}"""));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        var error = (await model.AskAsync(Page)).Error.ShouldNotBeNull();

        model.Log.All.ShouldContain("3008");
        (model.Log.All + error).ShouldNotContain("secret");
        (model.Log.All + error).ShouldNotContain("hush");
    }

    [Fact]
    public async Task Every_paid_call_leaves_a_line_with_what_it_cost()
    {
        await using var server = await ChatServer.StartAsync(static (question, context) => ChatServer.CompleteAsync(context, question.Transcript()));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        await model.AskAsync((3, "a"), (4, "b"));

        model.Log.All.ShouldContain("for doc_1: task transcript, model m, pages 3,4, 100 tokens in, 10 out, 0 cached, cost $0.12 (estimated: False)");
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(404, null)]
    [InlineData(401, "does not accept the key")]
    [InlineData(503, "status 503")]
    public async Task The_check_sees_whether_the_provider_answers(int status, string? fault)
    {
        await using var server = await ChatServer.StartAsync((_, context) => ChatServer.WriteAsync(context, status, "{}"));
        await using var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));

        var found = await model.Check.LookAsync(TestContext.Current.CancellationToken);

        (found.Fault is null).ShouldBe(fault is null);
        (found.Fault ?? string.Empty).ShouldContain(fault ?? string.Empty);
        found.Description.ShouldBe($"m at {server.BaseUrl}, $1000 in and $2000 out per million tokens");
        server.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_check_sees_that_nobody_is_there()
    {
        await using var model = new ConnectedModel(ConnectedModel.Options($"http://127.0.0.1:{FreePort()}/v1"));

        (await model.Check.LookAsync(TestContext.Current.CancellationToken)).Fault.ShouldNotBeNull().ShouldContain("cannot be reached");
    }

    private static async Task WaitForAbortAsync(HttpContext context, TaskCompletionSource arrived, TaskCompletionSource aborted)
    {
        context.RequestAborted.Register(() => aborted.TrySetResult());
        arrived.TrySetResult();
        await aborted.Task;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
