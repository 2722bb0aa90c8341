using System.Net;
using System.Text;

namespace Idp.Integration.Api.Access;

public sealed class AccessApiTests(KeyedService service) : IClassFixture<KeyedService>
{
    private const string Unknown = "/v1/documents/doc_01a20162dae7764db767658324d377ff";
    private const string UnknownBatch = "/batch/bat_01a20162dae7764db767658324d377ff";

    [Theory]
    [InlineData("GET", "/v1/documents")]
    [InlineData("POST", "/v1/documents")]
    [InlineData("PUT", "/v1/documents")]
    [InlineData("GET", Unknown)]
    [InlineData("GET", Unknown + "/events")]
    [InlineData("GET", "/v1/events")]
    [InlineData("POST", "/v1/tickets")]
    [InlineData("GET", "/v1/session")]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/api/background-processor/status")]
    [InlineData("POST", "/api/background-processor/restart")]
    [InlineData("POST", "/batch/upload")]
    [InlineData("GET", "/batch/")]
    [InlineData("GET", UnknownBatch + "/stream")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/batch-dashboard/")]
    [InlineData("GET", "/assets/pages/documents.js")]
    [InlineData("GET", "/assets/pages/../lib/events.js")]
    [InlineData("GET", "/ASSETS/lib/api.js")]
    public async Task Nobody_gets_in_without_a_key(string method, string path)
    {
        var (response, problem) = await service.Http.CallAsync(new HttpMethod(method), path);

        (response.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.Unauthorized, "auth.required"));
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/login")]
    [InlineData("/assets/pages/login.js")]
    [InlineData("/assets/styles/tokens.css")]
    [InlineData("/assets/icon.svg")]
    public async Task Health_and_the_login_page_are_open(string path) =>
        (await service.Http.CallAsync(HttpMethod.Get, path)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("Bearer wrong-wrong-wrong-wrong")]
    [InlineData("Bearer " + KeyedService.Admin + "0")]
    [InlineData("Bearer admin:" + KeyedService.Admin)]
    [InlineData("bearer TEST-ADMIN-8D1F0C5B7A")]
    public async Task A_wrong_key_is_refused_and_not_logged(string header)
    {
        var (response, problem) = await service.Http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Authorization", header));

        (response.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.Unauthorized, "auth.unknown-key"));
        response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
        var key = header.Split(' ')[1];
        service.Log.ShouldAllBe(line => !line.Contains(key, StringComparison.Ordinal) && !line.Contains("test-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_counts_only_as_bearer_token()
    {
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"admin:{KeyedService.Admin}"));

        (await service.Http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Authorization", $"Basic {basic}"))).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await service.Http.CallAsync(HttpMethod.Get, $"/v1/events?ticket={KeyedService.Admin}")).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await service.Http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Cookie", $"idp_session={KeyedService.Admin}"))).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await service.Http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Authorization", $"bearer {KeyedService.Viewer}"))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(KeyedService.Viewer, "GET", "/v1/documents", 200)]
    [InlineData(KeyedService.Viewer, "GET", Unknown, 404)]
    [InlineData(KeyedService.Viewer, "GET", "/metrics", 200)]
    [InlineData(KeyedService.Viewer, "GET", "/", 200)]
    [InlineData(KeyedService.Viewer, "GET", "/api/background-processor/status", 200)]
    [InlineData(KeyedService.Viewer, "POST", "/v1/tickets", 200)]
    [InlineData(KeyedService.Viewer, "POST", "/v1/documents", 403)]
    [InlineData(KeyedService.Viewer, "POST", "/v1/batches", 403)]
    [InlineData(KeyedService.Viewer, "POST", "/batch/upload", 403)]
    [InlineData(KeyedService.Viewer, "POST", Unknown + "/cancel", 403)]
    [InlineData(KeyedService.Viewer, "PUT", Unknown + "/accounts", 403)]
    [InlineData(KeyedService.Viewer, "DELETE", Unknown, 403)]
    [InlineData(KeyedService.Viewer, "PUT", "/v1/budgets/day", 403)]
    [InlineData(KeyedService.Operator, "GET", "/v1/usage", 200)]
    [InlineData(KeyedService.Operator, "POST", "/v1/documents", 415)]
    [InlineData(KeyedService.Operator, "POST", "/batch/upload", 415)]
    [InlineData(KeyedService.Operator, "POST", Unknown + "/cancel", 404)]
    [InlineData(KeyedService.Operator, "PATCH", Unknown + "/fields/fld_01a20162dae7764db767658324d377ec", 400)]
    [InlineData(KeyedService.Operator, "DELETE", Unknown, 403)]
    [InlineData(KeyedService.Operator, "PUT", "/v1/budgets/day", 403)]
    [InlineData(KeyedService.Operator, "PUT", "/v1/schemas/mine", 403)]
    [InlineData(KeyedService.Operator, "POST", "/v1/processor/restart", 403)]
    [InlineData(KeyedService.Operator, "POST", "/api/background-processor/restart", 403)]
    [InlineData(KeyedService.Admin, "POST", "/v1/documents", 415)]
    [InlineData(KeyedService.Admin, "DELETE", Unknown, 404)]
    [InlineData(KeyedService.Admin, "PUT", "/v1/budgets/day", 400)]
    [InlineData(KeyedService.Admin, "PUT", "/v1/schemas/mine", 400)]
    [InlineData(KeyedService.Admin, "POST", "/v1/processor/restart", 202)]
    public async Task Each_role_may_do_what_is_its_own(string key, string method, string path, int status)
    {
        var (response, problem) = await service.Http.CallAsync(new HttpMethod(method), path, null, KeyedService.Bearer(key));

        ((int)response.StatusCode).ShouldBe(status);
        if (status == 403)
        {
            problem.GetProperty("code").GetString().ShouldBe("auth.forbidden");
        }
    }

    [Fact]
    public async Task The_paths_of_replaced_systems_say_in_their_own_way_that_it_did_not_work() =>
        (await service.Http.CallAsync(HttpMethod.Get, "/api/background-processor/status")).Body.GetProperty("success").GetBoolean().ShouldBeFalse();

    [Fact]
    public async Task With_keys_every_host_name_is_answered() =>
        (await service.Http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Host", "idp.example"), KeyedService.Bearer(KeyedService.Viewer)))
            .Response.StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task The_description_says_which_endpoints_want_a_key()
    {
        var (_, api) = await service.Http.CallAsync(HttpMethod.Get, "/openapi/v1.json", null, KeyedService.Bearer(KeyedService.Viewer));

        var scheme = api.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer");
        (scheme.GetProperty("type").GetString(), scheme.GetProperty("scheme").GetString()).ShouldBe(("http", "bearer"));
        api.GetProperty("paths").GetProperty("/v1/documents").GetProperty("get").GetProperty("security")[0].TryGetProperty("bearer", out _).ShouldBeTrue();
        api.GetProperty("paths").GetProperty("/health/live").GetProperty("get").TryGetProperty("security", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_review_names_the_role_and_the_key_that_made_it()
    {
        var id = await service.ProcessPacketAsync();
        var (_, result) = await service.Http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/result", null, KeyedService.Bearer(KeyedService.Viewer));
        var field = result.GetProperty("accounts")[0].GetProperty("fields")[0].GetProperty("id").GetString();

        await service.Http.CallAsync(
            HttpMethod.Patch, $"/v1/documents/{id}/fields/{field}", HttpCalls.Json("""{"approved":true}"""), KeyedService.Bearer(KeyedService.Operator));

        var (_, trail) = await service.Http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/reviews", null, KeyedService.Bearer(KeyedService.Viewer));
        var (_, session) = await service.Http.CallAsync(HttpMethod.Get, "/v1/session", null, KeyedService.Bearer(KeyedService.Operator));
        var actor = trail.GetProperty("items")[0].GetProperty("actor").GetString().ShouldNotBeNull();
        actor.ShouldMatch("^operator [0-9a-f]{4}$");
        session.GetProperty("actor").GetString().ShouldBe(actor);
    }
}
