using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Idp.Integration.Faults;

/// <summary>The real service as a process of its own, which can be killed without warning and started again on the same storage.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Dictionary<string, string> _settings;
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _log = new();
    private Process? _process;

    public ServiceProcess(string folder, Dictionary<string, string>? settings = null)
    {
        _folder = folder;
        _settings = settings ?? [];
        Http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; private set; }

    /// <summary>The lines that the service has logged so far, all starts together.</summary>
    public IReadOnlyList<string> Log => [.. _log];

    /// <summary>True to answer at the same address after a new start, for callers that come back.</summary>
    public bool KeepsAddress { get; init; }

    /// <summary>Where the service listens; it is always called at 127.0.0.1.</summary>
    public string ListensOn { get; init; } = "127.0.0.1";

    /// <summary>The only core that it and its workers run on, from 0; null for all.</summary>
    public int? Core { get; init; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The service is not running.");

    public string DatabasePath => Path.Combine(_folder, "idp.db");

    /// <summary>The program that the Api project was built to, beside the tests' own build.</summary>
    public static string Program { get; } = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Api", new DirectoryInfo(AppContext.BaseDirectory).Name, "Idp.Api");

    public async Task StartAsync(CancellationToken ct)
    {
        var url = KeepsAddress && Http.BaseAddress is { } address ? address.ToString() : $"http://127.0.0.1:{FreePort()}";
        string[] command = [Program, "serve", "--urls", url.Replace("127.0.0.1", ListensOn, StringComparison.Ordinal)];
        var pinned = Core is { } core ? ["taskset", "--cpu-list", FormattableString.Invariant($"{core}"), .. command] : command;
        var start = new ProcessStartInfo(pinned[0], pinned[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["STORAGE__ROOT"] = Path.Combine(_folder, "blobs"),
                ["DATABASE__CONNECTION_STRING"] = DatabasePath,
            },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start.");
        _ = KeepLinesAsync(_process.StandardOutput);
        _ = KeepLinesAsync(_process.StandardError);
        Http.Dispose();
        Http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
        await WaitUntilReadyAsync(ct);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: false);
            await process.WaitForExitAsync(ct);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>SIGTERM, as a service manager asks; returns the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken ct)
    {
        var process = _process ?? throw new InvalidOperationException("The service is not running.");
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync(ct);
        }

        await process.WaitForExitAsync(ct);
        var code = process.ExitCode;
        process.Dispose();
        _process = null;
        return code;
    }

    public async Task<string> UploadAsync(byte[] content, string fileName, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } };
        using var response = await Http.PostAsync(new Uri("/v1/documents", UriKind.Relative), form, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(ct));
        return (await ReadJsonAsync(response, ct)).GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken ct)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await ReadJsonAsync(response, ct);
    }

    /// <summary>Waits until the document is done, one way or another.</summary>
    public async Task<JsonElement> WaitUntilEndedAsync(string id, CancellationToken ct)
    {
        while (true)
        {
            var document = await GetAsync($"/v1/documents/{id}", ct);
            if (document.GetProperty("status").GetString() is "completed" or "partial" or "failed" or "cancelled")
            {
                return document;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync(CancellationToken.None);
        Http.Dispose();
    }

    private async Task KeepLinesAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _log.Enqueue(line);
        }
    }

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), cancellationToken: ct);
        return document.RootElement.Clone();
    }

    /// <summary>A loopback port at which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            try
            {
                using var response = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (_process is { HasExited: false })
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }
}
