using System.Net;
using System.Text;
using System.Text.Json;

namespace Idp.Integration.Api;

public sealed class CostApiTests(RunningService service)
{
    /// <summary>Of no document: caps may be set before, and no other test reads it.</summary>
    private const string Scope = "/v1/budgets/doc_01a20162dae7764db767658324d377ec";

    [Fact]
    public async Task Usage_is_empty_while_nothing_was_paid()
    {
        var http = await service.ClientAsync();

        var (response, usage) = await http.CallAsync(HttpMethod.Get, "/v1/usage?group_by=day,model,batch,document");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        usage.ToString().ShouldBe(
            """{"group_by":["day","model","batch","document"],"items":[],"total":{"amount":"0","currency":"USD","calls":0,"unanswered_calls":0,"calls_saved":0,"estimated":false,"input_tokens":0,"output_tokens":0}}""");
    }

    [Fact]
    public async Task An_unknown_grouping_is_refused_with_its_pointer()
    {
        var http = await service.ClientAsync();

        var (response, problem) = await http.CallAsync(HttpMethod.Get, "/v1/usage?group_by=day,colour");

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/group_by");
    }

    [Theory]
    [InlineData("""{"limit_usd":"5.00"}""", "5.00")]
    [InlineData("""{"limit_usd":0.5}""", "0.50")]
    [InlineData("""{"budget_usd":"0.0125"}""", "0.0125")]
    [InlineData("""{"cap_usd":0}""", "0.00")]
    [InlineData("""{"limit_usd":null}""", null)]
    public async Task A_budget_is_set_and_read_back(string change, string? limit)
    {
        var http = await service.ClientAsync();

        var (response, set) = await http.CallAsync(HttpMethod.Put, Scope, HttpCalls.Json(change));
        var (_, read) = await http.CallAsync(HttpMethod.Get, Scope);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        read.ToString().ShouldBe(set.ToString());
        set.ToString().ShouldBe(JsonSerializer.Serialize(new Dictionary<string, string?>
        {
            ["scope"] = Scope["/v1/budgets/".Length..],
            ["limit_usd"] = limit,
            ["spent_usd"] = "0.00",
            ["held_usd"] = "0.00",
            ["remaining_usd"] = limit,
            ["currency"] = "USD",
        }));
    }

    [Theory]
    [InlineData("""{"limit_usd":"-1"}""", "/limit_usd")]
    [InlineData("""{"limit_usd":"much"}""", "/limit_usd")]
    [InlineData("""{"limit_usd":"1e3"}""", "/limit_usd")]
    [InlineData("""{"limit_usd":1e300}""", "/limit_usd")]
    [InlineData("""{"limit_usd":[5]}""", "/limit_usd")]
    [InlineData("""{"limit_usd":true}""", "/limit_usd")]
    [InlineData("""{}""", "/limit_usd")]
    [InlineData("""{"cap_usd":-0.01}""", "/cap_usd")]
    [InlineData("""{"budget_usd":"79228162514264337593543950335"}""", "/budget_usd")]
    public async Task A_limit_that_is_none_is_refused_with_its_pointer(string change, string where)
    {
        var http = await service.ClientAsync();

        var (response, problem) = await http.CallAsync(HttpMethod.Put, Scope, HttpCalls.Json(change));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(where);
    }

    [Theory]
    [InlineData("week")]
    [InlineData("day:2026-13-45")]
    [InlineData("doc_1")]
    public async Task What_can_have_no_budget_is_not_found(string scope)
    {
        var http = await service.ClientAsync();

        (await http.CallAsync(HttpMethod.Get, "/v1/budgets/" + scope)).Body.GetProperty("code").GetString().ShouldBe("budget.unknown-scope");
        (await http.CallAsync(HttpMethod.Put, "/v1/budgets/" + scope, HttpCalls.Json("""{"limit_usd":1}"""))).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_cap_of_a_day_is_that_of_every_day_until_it_has_its_own()
    {
        var http = await service.ClientAsync();
        await http.CallAsync(HttpMethod.Put, "/v1/budgets/day", HttpCalls.Json("""{"limit_usd":"70"}"""));
        await http.CallAsync(HttpMethod.Put, "/v1/budgets/day:2031-02-03", HttpCalls.Json("""{"limit_usd":"80"}"""));

        (await LimitAsync("day")).ShouldBe("70.00");
        (await LimitAsync("day:2031-02-02")).ShouldBe("70.00");
        (await LimitAsync("day:2031-02-03")).ShouldBe("80.00");

        async Task<string?> LimitAsync(string scope) =>
            (await http.CallAsync(HttpMethod.Get, "/v1/budgets/" + scope)).Body.GetProperty("limit_usd").GetString();
    }

    [Fact]
    public async Task The_budget_of_an_upload_is_the_documents_and_can_be_changed()
    {
        var http = await service.ClientAsync();
        var (_, document) = await http.CallAsync(
            HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", [.. HttpCalls.Png, 77]), ("budget_usd", "0.5"u8.ToArray())));
        var id = document.GetProperty("id").GetString();
        document.GetProperty("budget_usd").GetString().ShouldBe("0.50");

        (await http.CallAsync(HttpMethod.Get, $"/v1/budgets/{id}")).Body.GetProperty("limit_usd").GetString().ShouldBe("0.50");
        await http.CallAsync(HttpMethod.Put, $"/v1/budgets/{id}", HttpCalls.Json("""{"limit_usd":"2"}"""));
        (await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}")).Body.GetProperty("budget_usd").GetString().ShouldBe("2.00");
        await http.CallAsync(HttpMethod.Put, $"/v1/budgets/{id}", HttpCalls.Json("""{"limit_usd":null}"""));

        var (_, listed) = await http.CallAsync(HttpMethod.Get, "/v1/documents?limit=100");
        listed.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id)
            .GetProperty("budget_usd").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1000000.01")]
    public async Task A_budget_out_of_range_refuses_the_upload(string budget)
    {
        var http = await service.ClientAsync();

        var (response, problem) = await http.CallAsync(
            HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", [.. HttpCalls.Png, 78]), ("budget_usd", Encoding.ASCII.GetBytes(budget))));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/budget_usd");
    }
}
