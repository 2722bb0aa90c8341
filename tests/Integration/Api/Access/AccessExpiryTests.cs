using System.Net;
using Idp.Api.Kernel.Access;
using Idp.Unit.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Integration.Api.Access;

/// <summary>The access rules in a host of their own, whose clock the test moves.</summary>
public sealed class AccessExpiryTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly WebApplication _app;

    public AccessExpiryTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton(AccessKeys.Parse(KeyedService.Setting, []));
        builder.Services.AddAccess();
        _app = builder.Build();
        _app.UseRouting();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapAccess();
        _app.MapGet("/stream", () => TypedResults.Ok()).WithMetadata(new TakesTicket());
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_ticket_opens_streams_for_two_minutes()
    {
        using var http = _app.GetTestClient();
        var (_, body) = await http.CallAsync(HttpMethod.Post, "/v1/tickets", null, KeyedService.Bearer(KeyedService.Viewer));
        var path = $"/stream?ticket={body.GetProperty("ticket").GetString()}";

        (await http.CallAsync(HttpMethod.Get, path)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await http.CallAsync(HttpMethod.Get, path)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_even_when_the_browser_keeps_the_cookie()
    {
        using var http = _app.GetTestClient();
        var (signedIn, _) = await http.CallAsync(HttpMethod.Post, "/v1/session", HttpCalls.Json($$"""{"key":"{{KeyedService.Admin}}"}"""));
        var cookie = ("Cookie", signedIn.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().Split(';')[0]);

        _clock.Advance(TimeSpan.FromHours(11.9));
        (await http.CallAsync(HttpMethod.Get, "/v1/session", null, cookie)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromHours(0.1));
        (await http.CallAsync(HttpMethod.Get, "/v1/session", null, cookie)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
