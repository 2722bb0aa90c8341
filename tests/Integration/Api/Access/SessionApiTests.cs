using System.Net;
using Idp.Integration.Api.Events;

namespace Idp.Integration.Api.Access;

public sealed class SessionApiTests(KeyedService service) : IClassFixture<KeyedService>
{
    [Fact]
    public async Task A_browser_signs_in_once_and_out_again()
    {
        var (cookie, set) = await service.SignInAsync(KeyedService.Operator);
        var attributes = set.Split("; ").Skip(1).ToList();

        attributes.ShouldBe(["max-age=43200", "path=/", "samesite=strict", "httponly"], ignoreOrder: true);
        set.ShouldNotContain(KeyedService.Operator);
        var (_, session) = await service.Http.CallAsync(HttpMethod.Get, "/v1/session", null, ("Cookie", cookie));
        session.GetProperty("role").GetString().ShouldBe("operator");
        session.GetProperty("expires_at").GetString().ShouldNotBeNull();

        var (ended, _) = await service.Http.CallAsync(HttpMethod.Delete, "/v1/session", null, ("Cookie", cookie));

        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        ended.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith("idp_session=; expires=Thu, 01 Jan 1970");
    }

    [Theory]
    [InlineData("""{"key":"wrong-wrong-wrong-wrong"}""", 401, "auth.unknown-key")]
    [InlineData("""{"key":""}""", 401, "auth.unknown-key")]
    [InlineData("{}", 401, "auth.unknown-key")]
    [InlineData("key", 400, "request.malformed")]
    public async Task Without_a_key_nobody_signs_in(string body, int status, string code)
    {
        var (response, problem) = await service.Http.CallAsync(HttpMethod.Post, "/v1/session", HttpCalls.Json(body));

        ((int)response.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((status, code));
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task A_cookie_that_was_changed_is_none()
    {
        var (cookie, _) = await service.SignInAsync(KeyedService.Viewer);
        var later = cookie.Replace("idp_session=1", "idp_session=2", StringComparison.Ordinal);

        (await service.Http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Cookie", cookie))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await service.Http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Cookie", later))).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_has_the_role_of_its_key()
    {
        var (cookie, _) = await service.SignInAsync(KeyedService.Viewer);

        (await service.Http.CallAsync(HttpMethod.Post, "/v1/documents", null, ("Cookie", cookie))).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_session_is_of_no_use_to_pages_of_other_origins()
    {
        var (cookie, _) = await service.SignInAsync(KeyedService.Operator);
        var own = service.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

        foreach (var (origin, status) in new[] { ("http://evil.example", 403), ("null", 403), (own, 415), (own.Replace("http:", "https:", StringComparison.Ordinal), 415) })
        {
            var (response, _) = await service.Http.CallAsync(HttpMethod.Post, "/v1/documents", null, ("Cookie", cookie), ("Origin", origin));
            ((int)response.StatusCode).ShouldBe(status, origin);
        }
    }

    [Fact]
    public async Task Nobody_is_signed_in_by_a_page_of_another_origin()
    {
        var (response, problem) = await service.Http.CallAsync(
            HttpMethod.Post, "/v1/session", HttpCalls.Json($$"""{"key":"{{KeyedService.Viewer}}"}"""), ("Origin", "http://evil.example"));

        (response.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.Forbidden, "request.origin-refused"));
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task A_cookie_given_out_over_TLS_never_travels_without_it()
    {
        var (_, set) = await service.SignInAsync(KeyedService.Viewer, ("Host", "idp.example"), ("Origin", "https://idp.example"));

        set.Split("; ").ShouldContain("secure");
    }

    [Theory]
    [InlineData("/", "/login?next=%2F")]
    [InlineData("/documents?q=a&status=failed", "/login?next=%2Fdocuments%3Fq%3Da%26status%3Dfailed")]
    public async Task A_browser_without_a_session_is_led_to_the_login_page(string path, string expected)
    {
        var (response, _) = await service.Http.CallAsync(HttpMethod.Get, path, null, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.OriginalString.ShouldBe(expected);
    }

    [Fact]
    public async Task A_program_is_told_and_not_led_away() => (await service.Http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Accept", "text/html")))
        .Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("/v1/events")]
    [InlineData("/v1/events?after=0")]
    public async Task A_ticket_opens_an_event_stream(string path)
    {
        var ticket = await TicketAsync();

        using var stream = await ServerSentEvents.OpenAsync(
            service.Http, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}ticket={ticket}", TestContext.Current.CancellationToken);

        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
    }

    [Theory]
    [InlineData("/v1/documents/doc_01a20162dae7764db767658324d377ff/events")]
    [InlineData("/v1/batches/bat_01a20162dae7764db767658324d377ff/events")]
    [InlineData("/batch/bat_01a20162dae7764db767658324d377ff/stream")]
    public async Task A_ticket_is_good_for_every_stream(string path) =>
        (await service.Http.CallAsync(HttpMethod.Get, $"{path}?ticket={await TicketAsync()}")).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("GET", "/v1/documents")]
    [InlineData("GET", "/v1/session")]
    [InlineData("POST", "/v1/tickets")]
    [InlineData("GET", "/")]
    public async Task A_ticket_opens_nothing_else(string method, string path)
    {
        var ticket = await TicketAsync();

        (await service.Http.CallAsync(new HttpMethod(method), $"{path}?ticket={ticket}")).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await service.Http.CallAsync(new HttpMethod(method), path, null, ("Cookie", $"idp_session={ticket}"))).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<string> TicketAsync()
    {
        var (response, body) = await service.Http.CallAsync(HttpMethod.Post, "/v1/tickets", null, KeyedService.Bearer(KeyedService.Viewer));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("expires_at").GetString().ShouldNotBeNull();
        return body.GetProperty("ticket").GetString()!;
    }
}
