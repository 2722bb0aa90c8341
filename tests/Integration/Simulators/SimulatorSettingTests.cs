using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class SimulatorSettingTests : SimulatorTest
{
    [Fact]
    public async Task Settings_change_in_part_while_it_runs()
    {
        await StartAsync(new() { Latency = new() { JitterMilliseconds = 3 } });

        var reply = await SendAsync(Patch("""{"faults":{"unavailable":1},"latency":{"slow_milliseconds":9},"capacity":{"when_full":"reject"}}"""), "/simulator/options", method: HttpMethod.Put);

        ((int)reply.Json["latency"]!["jitter_milliseconds"]!, (int)reply.Json["latency"]!["slow_milliseconds"]!).ShouldBe((3, 9));
        Provider.Options.Capacity.WhenFull.ShouldBe(WhenFull.Reject);
        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("""{"falts":{}}""")]
    [InlineData("""{"faults":{"slow":2}}""")]
    [InlineData("""{"capacity":{"when_full":"panic"}}""")]
    [InlineData("""{"latency":null}""")]
    public async Task A_setting_that_means_nothing_is_refused_and_changes_nothing(string patch)
    {
        await StartAsync();

        (await SendAsync(Patch(patch), "/simulator/options", method: HttpMethod.Put)).Status.ShouldBe(HttpStatusCode.BadRequest);

        OptionsPatch.ToJson(Provider.Options).ToJsonString().ShouldBe(OptionsPatch.ToJson(new SimulatorOptions()).ToJsonString());
    }

    [Fact]
    public void The_command_line_wins_over_the_environment()
    {
        var options = TextSettings.Read(
            ["--faults.server-error", "0.25", "--truth=a.json", "--truth", "b.json", "--keep-bodies", "--port", "8099", "--billing.file", "bill.jsonl"],
            [new("SIMULATOR_FAULTS__SERVER_ERROR", "0.5"), new("SIMULATOR_CAPACITY__AT_ONCE", "4"), new("SIMULATOR_API_KEYS", "1,2"), new("PATH", "/bin")]);

        (options.Faults.ServerError, options.Capacity.AtOnce, options.KeepBodies, options.Port, options.Billing.File).ShouldBe((0.25, 4, true, 8099, "bill.jsonl"));
        options.Truth.ShouldBe(["a.json", "b.json"]);
        options.ApiKeys.ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData("--nothing", "1")]
    [InlineData("--faults.slow", "often")]
    [InlineData("stray", "1")]
    public void A_command_line_that_means_nothing_is_refused(string name, string value) => Should.Throw<JsonException>(() => TextSettings.Read([name, value], []));

    [Fact]
    public async Task Faults_can_be_scripted_over_http()
    {
        await StartAsync();
        using var http = new HttpClient();
        using var script = new StringContent("""["bad_gateway","none"]""");
        await http.PutAsync(new Uri(Provider.BaseAddress, "/simulator/script"), script, Ct);

        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.BadGateway);
        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_lists_its_models()
    {
        await StartAsync(new() { Models = ["one", "two"] });

        (await GetAsync("/v1/models"))["data"]!.AsArray().Select(model => (string)model!["id"]!).ShouldBe(["one", "two"]);
    }

    private static JsonObject Patch(string json) => JsonNode.Parse(json)!.AsObject();
}
