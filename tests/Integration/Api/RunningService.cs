using System.Net.Http.Headers;
using System.Text.Json;
using Idp.Integration.Api;
using Idp.Integration.Faults;

[assembly: AssemblyFixture(typeof(RunningService))]

namespace Idp.Integration.Api;

/// <summary>One real service for all tests of the API, with the sample packet processed; tests change only documents of their own.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private ServiceProcess? _service;

    /// <summary>The sample packet's id; available once a client was asked for.</summary>
    public string Packet { get; private set; } = string.Empty;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A client of the service, which is started for the first caller.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_service is null)
            {
                var service = new ServiceProcess(_folder.Path, new Dictionary<string, string> { ["LIMITS__MAX_UPLOAD_BYTES"] = "1000000" });
                await service.StartAsync(TestContext.Current.CancellationToken);
                Packet = await service.UploadAsync(await File.ReadAllBytesAsync(SamplePacket.Path, TestContext.Current.CancellationToken), "packet.pdf", TestContext.Current.CancellationToken);
                (await service.WaitUntilEndedAsync(Packet, TestContext.Current.CancellationToken)).GetProperty("status").GetString().ShouldBe("completed");
                _service = service;
            }

            return _service.Http;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _starting.Dispose();
        _folder.Dispose();
    }
}

/// <summary>What tests of HTTP do again and again.</summary>
internal static class HttpCalls
{
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAAAAACoWZBhAAAADklEQVR4nGP4DwMMtGcCAOnHY507k5zTAAAAAElFTkSuQmCC");

    public static async Task<(HttpResponseMessage Response, JsonElement Body)> CallAsync(
        this HttpClient http, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        return (response, isJson ? JsonDocument.Parse(text).RootElement : default);
    }

    public static StringContent Json(string body) => new(body, new MediaTypeHeaderValue("application/json"));

    /// <summary>A form whose parts come in the order given; a part named <c>file</c> is a file.</summary>
    public static MultipartFormDataContent Form(params (string Name, byte[] Content)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in parts)
        {
            var part = new ByteArrayContent(content);
            if (name == "file")
            {
                form.Add(part, name, "page.png");
            }
            else
            {
                form.Add(part, name);
            }
        }

        return form;
    }
}
