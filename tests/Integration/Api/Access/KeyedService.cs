using System.Net.Http.Headers;
using Idp.Integration.Faults;

namespace Idp.Integration.Api.Access;

/// <summary>One real service with an API key for each role, listening on every address.</summary>
public sealed class KeyedService : IAsyncLifetime
{
    public const string Admin = "test-admin-8d1f0c5b7a";
    public const string Operator = "test-operator-42c9e6";
    public const string Viewer = "test-viewer-b5503d21";
    public const string Setting = $"admin:{Admin},operator:{Operator},viewer:{Viewer}";

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProcess _service;
    private HttpClient? _http;

    public KeyedService() =>
        _service = new ServiceProcess(_folder.Path, new Dictionary<string, string> { ["AUTH__KEYS"] = Setting }) { ListensOn = "0.0.0.0" };

    /// <summary>Calls the service with nothing but what a test says, and follows nothing.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("The service is not started yet.");

    /// <summary>What the service logged so far.</summary>
    public IReadOnlyList<string> Log => _service.Log;

    public static (string Name, string Value) Bearer(string key) => ("Authorization", $"Bearer {key}");

    public async ValueTask InitializeAsync()
    {
        await _service.StartAsync(TestContext.Current.CancellationToken);
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _service.Http.BaseAddress };
    }

    /// <summary>Signs in as a browser does; the cookie to send from then on, and everything that was said about it.</summary>
    public async Task<(string Cookie, string SetCookie)> SignInAsync(string key, params (string Name, string Value)[] headers)
    {
        var (response, _) = await Http.CallAsync(HttpMethod.Post, "/v1/session", HttpCalls.Json($$"""{"key":"{{key}}"}"""), headers);
        response.IsSuccessStatusCode.ShouldBeTrue();
        var set = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        return (set.Split(';')[0], set);
    }

    /// <summary>The sample packet, processed.</summary>
    public async Task<string> ProcessPacketAsync()
    {
        _service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Operator);
        var content = await File.ReadAllBytesAsync(SamplePacket.Path, TestContext.Current.CancellationToken);
        var id = await _service.UploadAsync(content, "packet.pdf", TestContext.Current.CancellationToken);
        await _service.WaitUntilEndedAsync(id, TestContext.Current.CancellationToken);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _service.DisposeAsync();
        _folder.Dispose();
    }
}
