using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Idp.Integration.Api;

public sealed class ProblemApiTests(RunningService service)
{
    private const string Unknown = "/v1/documents/doc_01a20162dae7764db767658324d377ff";

    [Theory]
    [InlineData("GET", "/v1/nothing", 404, "request.no-such-path")]
    [InlineData("GET", "/v1/documents/doc_xyz", 404, "request.no-such-path")]
    [InlineData("GET", "/v1/documents/..%2f..%2fetc%2fpasswd", 404, "request.no-such-path")]
    [InlineData("GET", Unknown, 404, "document.not-found")]
    [InlineData("DELETE", Unknown, 404, "document.not-found")]
    [InlineData("GET", Unknown + "/result", 404, "document.not-found")]
    [InlineData("GET", Unknown + "/pages/1", 404, "document.not-found")]
    [InlineData("GET", Unknown + "/pages/-1", 404, "document.not-found")]
    [InlineData("GET", Unknown + "/pages/99999999999", 404, "request.no-such-path")]
    [InlineData("POST", Unknown + "/cancel", 404, "document.not-found")]
    [InlineData("PUT", "/v1/documents", 405, "request.method-not-allowed")]
    [InlineData("POST", "/v1/documents", 415, "request.unsupported-media-type")]
    [InlineData("GET", "/v1/documents?status=done", 422, "request.invalid")]
    [InlineData("GET", "/v1/documents?limit=201", 422, "request.invalid")]
    [InlineData("GET", "/v1/documents?limit=99999999999", 422, "request.invalid")]
    [InlineData("GET", "/v1/documents?cursor=abc", 422, "request.invalid")]
    [InlineData("GET", "/v1/schemas/none", 404, "schema.not-found")]
    [InlineData("GET", "/assets/..%2fappsettings.json", 404, "request.no-such-path")]
    public async Task Every_refusal_is_a_problem_with_a_code(string method, string path, int status, string code)
    {
        var http = await service.ClientAsync();

        var (response, problem) = await http.CallAsync(new HttpMethod(method), path);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("code").GetString().ShouldBe(code);
        string[] members = ["type", "title", "status", "detail", "instance", "trace_id", "errors", "retryable", "retry_after_s"];
        members.Where(member => !problem.TryGetProperty(member, out _)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no multipart at all")]
    [InlineData("--b\r\n\r\nno name\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4 breaks off")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nloan\r\n--b--\r\n")]
    public async Task A_broken_form_is_malformed(string body)
    {
        var http = await service.ClientAsync();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        (await http.CallAsync(HttpMethod.Post, "/v1/documents", content)).Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(1_000_001)]
    [InlineData(3_000_000)]
    public async Task A_file_over_the_limit_is_too_large(int length)
    {
        var http = await service.ClientAsync();
        byte[] file = [.. "%PDF-1.4"u8, .. new byte[length - 8]];

        (await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", file)))).Response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("{", "application/json", 400)]
    [InlineData("null", "application/json", 400)]
    [InlineData("""{"accounts":[{"pages":["x"]}]}""", "application/json", 400)]
    [InlineData("""{"accounts":[null]}""", "application/json", 422)]
    [InlineData("""{"accounts":[{"pages":[0]}]}""", "application/json", 422)]
    [InlineData("""{"accounts":[]}""", "text/plain", 415)]
    public async Task A_body_that_cannot_be_used_is_refused(string body, string type, int status)
    {
        var http = await service.ClientAsync();
        using var content = new StringContent(body, new MediaTypeHeaderValue(type));

        var (response, _) = await http.CallAsync(HttpMethod.Put, $"/v1/documents/{service.Packet}/accounts", content, ("If-Match", "\"1\""));

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Only_loopback_names_are_answered()
    {
        var http = await service.ClientAsync();

        (await http.CallAsync(HttpMethod.Get, "/v1/documents", null, ("Host", "evil.example"))).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Web_pages_of_other_origins_may_not_change_anything()
    {
        var http = await service.ClientAsync();

        (await http.CallAsync(HttpMethod.Post, $"/v1/documents/{service.Packet}/cancel", null, ("Origin", "http://evil.example"))).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/documents/{id}")]
    [InlineData("/assets/pages/document.js")]
    public async Task The_dashboard_runs_only_its_own_scripts(string path)
    {
        var http = await service.ClientAsync();

        using var response = await http.GetAsync(new Uri(path.Replace("{id}", service.Packet, StringComparison.Ordinal), UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self';");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }
}
