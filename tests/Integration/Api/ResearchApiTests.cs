using System.Net;
using System.Text;
using System.Text.Json;

namespace Idp.Integration.Api;

public sealed class ResearchApiTests(RunningService service)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_becomes_scored_companies_with_sources()
    {
        var http = await service.ClientAsync();

        var (response, job) = await http.CallAsync(HttpMethod.Post, "/v1/research", List("company;country\nTessavane;Norway\nQuillfen;France\n\nTESSAVANE;\n", ("submitted_by", "Ada")));

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Headers.Location!.ToString().ShouldBe($"/v1/research/{Text(job, "id")}");
        (Text(job, "submitted_by"), Text(job, "file_name"), Text(job, "rubric")).ShouldBe(("Ada", "companies.csv", "gpu-demand"));
        job.GetProperty("reports").EnumerateArray().Select(report => (report.GetProperty("row").GetInt32(), Text(report, "code"))).ShouldBe(
            [(3, "research.blank-row"), (4, "research.duplicate-row")]);

        var ended = await EndAsync(http, Text(job, "id"));
        (Text(ended, "status"), ended.GetProperty("progress").GetInt32()).ShouldBe(("completed", 100));
        ended.GetProperty("counts").GetProperty("completed").GetInt32().ShouldBe(2);
        ended.GetProperty("tiers").GetProperty("HOT").GetInt32().ShouldBe(1);

        var (_, results) = await http.CallAsync(HttpMethod.Get, $"/v1/research/{Text(job, "id")}/results");
        var items = results.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => Text(item, "company")).ShouldBe(["Tessavane", "Quillfen"]);
        Text(items[0], "tier").ShouldBe("HOT");
        items[0].GetProperty("reasons").GetArrayLength().ShouldBeGreaterThan(0);
        items[0].GetProperty("reasons").EnumerateArray().ShouldAllBe(reason => reason.GetProperty("supported").GetBoolean());
        items[0].GetProperty("sources").EnumerateArray().ShouldAllBe(source => Text(source, "url").StartsWith("https://"));
        Text(items[0].GetProperty("cost"), "amount").ShouldBe("0");
        results.GetProperty("next_cursor").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Results_come_page_by_page_and_by_tier()
    {
        var http = await service.ClientAsync();
        var id = await StartedAsync(http, """{"companies":["Norrelund Logistics","Oriskel Labs","Tessavane"]}""");
        await EndAsync(http, id);

        var (_, first) = await http.CallAsync(HttpMethod.Get, $"/v1/research/{id}/results?limit=2");
        var (_, second) = await http.CallAsync(HttpMethod.Get, $"/v1/research/{id}/results?limit=2&cursor={Text(first, "next_cursor")}");
        var (_, cold) = await http.CallAsync(HttpMethod.Get, $"/v1/research/{id}/results?tier=cold");

        NamesIn(first).Concat(NamesIn(second)).Order().ShouldBe(["Norrelund Logistics", "Oriskel Labs", "Tessavane"]);
        NamesIn(cold).ShouldBe(["Norrelund Logistics"]);
    }

    [Fact]
    public async Task The_file_for_spreadsheets_has_no_formula()
    {
        var http = await service.ClientAsync();
        var id = await StartedAsync(http, """{"companies":["=HYPERLINK(\"x\")"]}""");
        await EndAsync(http, id);

        var response = await http.GetAsync(new Uri($"/v1/research/{id}/results.csv", UriKind.Relative), Ct);

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        (await response.Content.ReadAsStringAsync(Ct)).Split("\r\n")[1].ShouldStartWith("1,\"'=HYPERLINK(\"\"x\"\")\",,COLD,0,No evidence found,completed,");
    }

    [Fact]
    public async Task Events_tell_each_company_and_the_end()
    {
        var http = await service.ClientAsync();
        var id = await StartedAsync(http, """{"companies":["Tessavane","Quillfen"]}""");
        await EndAsync(http, id);

        var stream = await http.GetStringAsync(new Uri($"/v1/research/{id}/events?after=0", UriKind.Relative), Ct);

        stream.Split('\n').Where(line => line.StartsWith("event: ")).Select(line => line[7..]).ShouldBe(["company_completed", "company_completed", "job_completed", "done"]);
        stream.ShouldContain($"\"job_id\":\"{id}\"");
    }

    [Theory]
    [InlineData("""{"companies":[]}""", HttpStatusCode.UnprocessableEntity, "research.no-companies")]
    [InlineData("""{"companies":["A"],"rubric":"none"}""", HttpStatusCode.UnprocessableEntity, "rubric.unknown")]
    [InlineData("""{"companies":["A"],"budget_usd":-1}""", HttpStatusCode.UnprocessableEntity, "request.invalid")]
    [InlineData("""{"companies":""", HttpStatusCode.BadRequest, "request.malformed")]
    public async Task What_cannot_be_used_is_refused(string body, HttpStatusCode status, string code)
    {
        var (response, problem) = await (await service.ClientAsync()).CallAsync(HttpMethod.Post, "/v1/research", HttpCalls.Json(body));

        (response.StatusCode, Text(problem, "code")).ShouldBe((status, code));
    }

    [Fact]
    public async Task A_list_without_a_column_of_companies_is_refused_with_its_headers()
    {
        var (response, problem) = await (await service.ClientAsync()).CallAsync(HttpMethod.Post, "/v1/research", List("Symbol,Security\nA,Acme\n"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Text(problem, "detail").ShouldContain("'Security'");
    }

    [Fact]
    public async Task The_same_key_starts_one_job()
    {
        var http = await service.ClientAsync();
        const string Body = """{"companies":["Quillfen"]}""";

        var (_, first) = await http.CallAsync(HttpMethod.Post, "/v1/research", HttpCalls.Json(Body), ("Idempotency-Key", "research-once"));
        var (_, again) = await http.CallAsync(HttpMethod.Post, "/v1/research", HttpCalls.Json(Body), ("Idempotency-Key", "research-once"));
        var (other, _) = await http.CallAsync(HttpMethod.Post, "/v1/research", HttpCalls.Json("""{"companies":["Tessavane"]}"""), ("Idempotency-Key", "research-once"));

        Text(again, "id").ShouldBe(Text(first, "id"));
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task What_has_ended_cannot_be_cancelled_and_has_nothing_to_run_again()
    {
        var http = await service.ClientAsync();
        var id = await StartedAsync(http, """{"companies":["Quillfen"]}""");
        await EndAsync(http, id);

        var (cancelled, problem) = await http.CallAsync(HttpMethod.Post, $"/v1/research/{id}/cancel");
        var (retried, job) = await http.CallAsync(HttpMethod.Post, $"/v1/research/{id}/retry-failed");

        (cancelled.StatusCode, Text(problem, "code")).ShouldBe((HttpStatusCode.Conflict, "research.already-ended"));
        (retried.StatusCode, Text(job, "status")).ShouldBe((HttpStatusCode.Accepted, "completed"));
    }

    [Fact]
    public async Task Rubrics_are_listed_read_and_stored()
    {
        var http = await service.ClientAsync();
        var (_, builtIn) = await http.CallAsync(HttpMethod.Get, "/v1/rubrics/gpu-demand");
        var own = JsonSerializer.Serialize(builtIn).Replace("\"gpu-demand\"", "\"own\"", StringComparison.Ordinal).Replace("\"HOT\"", "\"YES\"", StringComparison.Ordinal);

        var (stored, _) = await http.CallAsync(HttpMethod.Put, "/v1/rubrics/own", HttpCalls.Json(own));
        var (refused, problem) = await http.CallAsync(HttpMethod.Put, "/v1/rubrics/bad", HttpCalls.Json("""{"title":"t","query":"x","signals":[],"tiers":[]}"""));
        var (_, listed) = await http.CallAsync(HttpMethod.Get, "/v1/rubrics");

        stored.StatusCode.ShouldBe(HttpStatusCode.OK);
        listed.GetProperty("items").EnumerateArray().Select(name => name.GetString()).ShouldBe(["gpu-demand", "own"]);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").EnumerateArray().Select(error => Text(error, "pointer")).ShouldBe(["/query", "/signals", "/tiers"], ignoreOrder: true);

        var id = await StartedAsync(http, """{"companies":["Tessavane"],"rubric":"own"}""");
        (await EndAsync(http, id)).GetProperty("tiers").GetProperty("YES").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_replaced_systems_paths_know_jobs_by_number()
    {
        var http = await service.ClientAsync();

        var (uploaded, job) = await http.CallAsync(HttpMethod.Post, "/api/jobs/upload?submitted_by=Bo", List("company_name\nTessavane\n"));
        var (single, one) = await http.CallAsync(HttpMethod.Post, "/api/jobs/single?company_name=Quillfen&submitted_by=Bo", content: null);
        await EndAsync(http, Text(job, "job_id"));
        var (_, progress) = await http.CallAsync(HttpMethod.Get, $"/api/jobs/{job.GetProperty("id").GetInt64()}/progress");
        var (_, whole) = await http.CallAsync(HttpMethod.Get, $"/api/jobs/{job.GetProperty("id").GetInt64()}");
        var (missing, _) = await http.CallAsync(HttpMethod.Get, "/api/jobs/999999/progress");

        (uploaded.StatusCode, single.StatusCode, missing.StatusCode).ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.NotFound));
        (Text(job, "submitted_by"), one.GetProperty("total_companies").GetInt32()).ShouldBe(("Bo", 1));
        (Text(progress, "status"), progress.GetProperty("completed_companies").GetInt32()).ShouldBe(("completed", 1));
        whole.GetProperty("results").EnumerateArray().Select(company => Text(company, "company")).ShouldBe(["Tessavane"]);
    }

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString()!;

    private static IEnumerable<string> NamesIn(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => Text(item, "company"));

    private static MultipartFormDataContent List(string text, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "companies.csv" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static async Task<string> StartedAsync(HttpClient http, string body)
    {
        var (response, job) = await http.CallAsync(HttpMethod.Post, "/v1/research", HttpCalls.Json(body));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return Text(job, "id");
    }

    private static async Task<JsonElement> EndAsync(HttpClient http, string id)
    {
        while (true)
        {
            var (_, job) = await http.CallAsync(HttpMethod.Get, $"/v1/research/{id}");
            if (Text(job, "status") != "processing")
            {
                return job;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }
}
