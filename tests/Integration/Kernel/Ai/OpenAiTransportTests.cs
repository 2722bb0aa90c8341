using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Integration.Faults;

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
        await using var model = new ConnectedModel(ConnectedModel.Options($"http://127.0.0.1:{ServiceProcess.FreePort()}/v1"));

        (await model.Check.LookAsync(TestContext.Current.CancellationToken)).Fault.ShouldNotBeNull().ShouldContain("cannot be reached");
    }
}
