using System.Net;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class DialectTests : SimulatorTest
{
    [Theory]
    [InlineData(ResponseFormatSupport.JsonObject, false, true, true)]
    [InlineData(ResponseFormatSupport.Text, false, false, true)]
    [InlineData(ResponseFormatSupport.JsonSchema, true, true, true)]
    public async Task A_response_format_better_than_supported_is_400(ResponseFormatSupport support, bool schema, bool jsonObject, bool text)
    {
        await StartAsync(new() { Dialect = new() { ResponseFormat = support } });

        (await IsAcceptedAsync(Chat())).ShouldBe(schema);
        (await IsAcceptedAsync(Chat(system: "task: extraction, as JSON", format: "json_object"))).ShouldBe(jsonObject);
        (await IsAcceptedAsync(Chat(task: null))).ShouldBe(text);
    }

    [Fact]
    public async Task Without_a_schema_the_system_message_names_the_task()
    {
        await StartAsync();

        var reply = await SendAsync(Chat(system: "You answer in JSON.\ntask: page_assignment", format: "json_object"));

        reply.Answer["pages"]![0]!["page"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task A_json_object_must_be_asked_for_in_words_too()
    {
        await StartAsync();

        ((string)(await SendAsync(Chat(format: "json_object"))).Json["error"]!["message"]!).ShouldContain("must contain the word 'json'");
    }

    [Theory]
    [InlineData(RefusedParameter.MaxCompletionTokens, "max_completion_tokens", "max_tokens")]
    [InlineData(RefusedParameter.MaxTokens, "max_tokens", "max_completion_tokens")]
    public async Task One_name_of_the_output_limit_can_be_unknown(RefusedParameter refused, string unknown, string known)
    {
        await StartAsync(new() { Dialect = new() { RefusedParameter = refused } });
        var (bad, good) = (Chat(), Chat());
        (bad[unknown], good[known]) = (100, 100);

        var reply = await SendAsync(bad);

        ((string?)reply.Json["error"]!["param"]).ShouldBe(unknown);
        (await IsAcceptedAsync(good)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "additionalProperties")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string"}},"required":[]}""", "Missing 'a'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"allOf":[]}},"required":["a"]}""", "'allOf' is not permitted")]
    [InlineData("""{"type":"array"}""", "must be a JSON Schema of")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":["string","null"]}},"required":["a"]}""", null)]
    public async Task A_strict_schema_must_keep_to_the_rules(string schema, string? fault)
    {
        await StartAsync();
        var body = Chat();
        body["response_format"]!["json_schema"]!["strict"] = true;
        body["response_format"]!["json_schema"]!["schema"] = JsonNode.Parse(schema);

        var reply = await SendAsync(body);

        if (fault is null)
        {
            reply.Status.ShouldBe(HttpStatusCode.OK);
        }
        else
        {
            ((string)reply.Json["error"]!["message"]!).ShouldContain(fault);
        }
    }

    [Fact]
    public async Task The_answer_takes_the_shape_of_the_schema()
    {
        await StartAsync();
        var body = Chat("[page 4]\nPhone: 555-0100\nFax: 555-0199");
        body["response_format"]!["json_schema"]!["schema"] = JsonNode.Parse("""
            {"type":"object","additionalProperties":false,"required":["fields"],"properties":{"fields":{"type":"array","items":{
              "type":"object","additionalProperties":false,"required":["name","value","page","unit"],
              "properties":{"name":{"enum":["phone"]},"value":{"type":"string"},"page":{"type":"integer"},"unit":{"type":["string","null"]}}}}}}
            """);

        (await SendAsync(body)).Content.ShouldBe("""{"fields":[{"name":"phone","value":"555-0100","page":4,"unit":null}]}""");
    }

    [Fact]
    public async Task A_reply_can_be_streamed()
    {
        await StartAsync();
        var whole = await SendAsync(Chat());
        var body = Chat();
        body["stream"] = true;
        body["stream_options"] = new JsonObject { ["include_usage"] = true };

        var events = (await SendAsync(body)).Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line["data: ".Length..]).ToList();

        events[^1].ShouldBe("[DONE]");
        var chunks = events[..^1].Select(data => JsonNode.Parse(data)!).ToList();
        string.Concat(chunks.SelectMany(chunk => chunk["choices"]!.AsArray()).Select(choice => (string?)choice!["delta"]?["content"])).ShouldBe(whole.Content);
        chunks[^1]["usage"]!.ToJsonString().ShouldBe(whole.Json["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task A_body_that_is_no_request_is_400()
    {
        await StartAsync();

        (await SendAsync(new JsonObject { ["model"] = "m" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(new JsonObject { ["model"] = 1, ["messages"] = new JsonArray() })).Status.ShouldBe(HttpStatusCode.BadRequest);
        Provider.Bill.Rejected.ShouldBe(2);
    }

    private async Task<bool> IsAcceptedAsync(JsonObject body) => (await SendAsync(body)).Status is HttpStatusCode.OK;
}
