using System.Net;
using Idp.Simulators.Options;
using Idp.Simulators.Truth;

namespace Idp.Integration.Simulators;

public sealed class SizeLimitTests : SimulatorTest
{
    [Fact]
    public async Task Request_and_answer_beyond_the_context_are_400()
    {
        await StartAsync(new() { SizeLimit = new() { ContextTokens = 100 } });
        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.OK);
        var body = Chat();
        body["max_completion_tokens"] = 99;

        var refused = await SendAsync(body);

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Error.ShouldBe("context_length_exceeded");
    }

    [Theory]
    [InlineData(TooLargeAs.PayloadTooLarge, HttpStatusCode.RequestEntityTooLarge, "too large")]
    [InlineData(TooLargeAs.RateLimited, HttpStatusCode.TooManyRequests, "Request too large")]
    public async Task A_request_too_large_is_413_or_429(TooLargeAs form, HttpStatusCode status, string message)
    {
        await StartAsync(new() { SizeLimit = new() { RequestTokens = 10, TooLargeAs = form } });

        var refused = await SendAsync(Chat());

        refused.Status.ShouldBe(status);
        ((string)refused.Json["error"]!["message"]!).ShouldContain(message);
    }

    [Fact]
    public async Task A_body_of_too_many_bytes_is_413()
    {
        await StartAsync(new() { SizeLimit = new() { RequestBytes = 200 } });

        (await SendAsync(Chat(new string('x', 300)))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("max_completion_tokens")]
    [InlineData("max_tokens")]
    public async Task The_output_limit_cuts_the_answer_under_either_name(string name)
    {
        await StartAsync();
        var whole = await SendAsync(Chat());
        var body = Chat();
        body[name] = 8;

        var cut = await SendAsync(body);

        cut.FinishReason.ShouldBe("length");
        whole.Content.ShouldStartWith(cut.Content);
        ((int)cut.Json["usage"]!["completion_tokens"]!).ShouldBe(8);
    }

    [Fact]
    public async Task The_model_has_an_output_limit_of_its_own()
    {
        await StartAsync(new() { SizeLimit = new() { OutputTokens = 5 } });
        var body = Chat();
        body["max_completion_tokens"] = 1_000;

        (await SendAsync(body)).FinishReason.ShouldBe("length");
    }

    [Fact]
    public async Task Rows_can_be_left_out_without_a_word()
    {
        await StartAsync(new() { SizeLimit = new() { TableRows = 2 } });

        var reply = await SendRowsAsync(5);

        reply.FinishReason.ShouldBe("stop");
        reply.Answer["tables"]![0]!["rows"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Fault.SkippedRows, 18)]
    [InlineData(Fault.RepeatedRows, 22)]
    public async Task A_row_in_ten_can_be_left_out_or_told_twice(Fault fault, int rows)
    {
        await StartAsync();
        Provider.Script(fault);

        (await SendRowsAsync(20)).Answer["tables"]![0]!["rows"]!.AsArray().Count.ShouldBe(rows);
    }

    private Task<Reply> SendRowsAsync(int count)
    {
        var rows = Enumerable.Range(1, count).Select(static number =>
            new TruthRow(1, new Dictionary<string, string?> { ["amount"] = $"{number}0.00" }, $"Transfer number {number} of {number}0.00")).ToList();
        Provider.SetTruth([new TruthDocument("one", [], [new TruthAccount(null, [], [new TruthTable("transactions", rows)])])]);
        return SendAsync(Chat(Message(null, (1, string.Join('\n', rows.Select(static row => row.Printed))))));
    }
}
