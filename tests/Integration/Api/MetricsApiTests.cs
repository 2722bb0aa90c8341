using System.Net;
using Idp.Integration.Faults;
using Idp.Unit.Kernel.Telemetry;

namespace Idp.Integration.Api;

public sealed class MetricsApiTests(RunningService service)
{
    [Fact]
    public async Task Every_line_can_be_read_and_counters_never_fall()
    {
        var http = await service.ClientAsync();

        var first = await ScrapeAsync(http);
        var second = await ScrapeAsync(http);

        first.Samples.ShouldNotBeEmpty();
        var before = first.Samples.Where(sample => first.Types.GetValueOrDefault(sample.Name) == "counter").ToList();
        before.ShouldNotBeEmpty();
        before.Where(sample => second.Samples.Single(later => later.Series == sample.Series).Value < sample.Value).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_processed_document_shows_in_the_counters_of_documents_stages_and_pages()
    {
        var page = await ScrapeAsync(await service.ClientAsync());

        page.Find("idp_documents_received_total", ("kind", "auto")).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(1);
        page.Find("idp_documents_ended_total", ("kind", "loan"), ("status", "completed")).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(1);
        foreach (var stage in new[] { "ocr_extraction", "account_splitting", "page_analysis", "llm_extraction" })
        {
            page.Find("idp_stage_duration_seconds_count", ("outcome", "completed"), ("stage", stage)).ShouldNotBeNull(stage).ShouldBeGreaterThanOrEqualTo(1);
        }

        page.Samples.Where(sample => sample.Name == "idp_pages_read_total").Sum(sample => sample.Value).ShouldBeGreaterThanOrEqualTo(8);
        page.Find("idp_page_workers_configured").ShouldNotBeNull().ShouldBeGreaterThan(0);
        page.Find("idp_page_workers_alive").ShouldNotBeNull();
        page.Find("idp_page_workers_busy").ShouldNotBeNull();
        page.Find("idp_page_workers_replaced_total").ShouldNotBeNull();
        page.Find("idp_work_running").ShouldNotBeNull();
        page.Samples.Count(sample => sample.Name == "idp_queue_depth").ShouldBe(6);
    }

    [Fact]
    public async Task The_server_and_the_runtime_measure_themselves()
    {
        var http = await service.ClientAsync();
        await http.CallAsync(HttpMethod.Get, "/v1/processor");

        var page = await ScrapeAsync(http);

        page.Find("dotnet_process_cpu_count").ShouldBe(Environment.ProcessorCount);
        page.Samples.Where(sample => sample.Name == "http_server_request_duration_seconds_count")
            .Select(sample => sample.Labels.GetValueOrDefault("http_route")?.TrimEnd('/')).ShouldContain("/v1/processor");
        page.Samples.ShouldContain(sample => sample.Name == "kestrel_active_connections");
    }

    [Fact]
    public async Task No_label_names_a_document_or_a_file()
    {
        var http = await service.ClientAsync();
        await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}");

        var page = await ScrapeAsync(http);

        page.Samples.SelectMany(sample => sample.Labels.Values).Where(value => value.Contains("doc_", StringComparison.Ordinal) || value.Contains("packet", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    public async Task A_node_of_any_role_answers(string role)
    {
        using var folder = new TemporaryFolder();
        await using var node = new ServiceProcess(folder.Path, new Dictionary<string, string> { ["NODE__ROLE"] = role });
        await node.StartAsync(TestContext.Current.CancellationToken);

        (await ScrapeAsync(node.Http)).Types.ShouldContainKey("idp_work_running");
    }

    [Fact]
    public async Task A_node_whose_telemetry_is_switched_off_says_so()
    {
        using var folder = new TemporaryFolder();
        await using var node = new ServiceProcess(folder.Path, new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" });
        await node.StartAsync(TestContext.Current.CancellationToken);

        var (response, problem) = await node.Http.CallAsync(HttpMethod.Get, "/metrics");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        problem.GetProperty("code").GetString().ShouldBe("metrics.unavailable");
    }

    private static async Task<ScrapedPage> ScrapeAsync(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        return ScrapedPage.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
