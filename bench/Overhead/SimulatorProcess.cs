using System.Diagnostics;
using System.Text.Json;

namespace Idp.Bench.Overhead;

/// <summary>The simulator as a process of its own, so that its work is not counted as ours.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private const string Greeting = "Listening: ";

    private readonly Process _process;

    private SimulatorProcess(Process process, string baseUrl) => (_process, BaseUrl) = (process, baseUrl);

    /// <summary>What a client is given as base URL.</summary>
    public string BaseUrl { get; }

    /// <summary>Starts one that answers at once and keeps the bodies of requests.</summary>
    public static async Task<SimulatorProcess> StartAsync(CancellationToken ct)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Simulators", new DirectoryInfo(AppContext.BaseDirectory).Name, "Idp.Simulators");
        var process = Process.Start(new ProcessStartInfo(program, ["--port", "0", "--keep_bodies", "true"]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync(ct) ?? string.Empty;
        line.ShouldStartWith(Greeting);
        return new SimulatorProcess(process, line[Greeting.Length..].Split(' ')[0]);
    }

    /// <summary>The bodies of all requests since the last call of this.</summary>
    public async Task<IReadOnlyList<byte[]>> TakeBodiesAsync(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri(BaseUrl) };
        using var requests = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri("/simulator/requests", UriKind.Relative), ct));
        using var reset = await http.PostAsync(new Uri("/simulator/reset", UriKind.Relative), null, ct);
        reset.EnsureSuccessStatusCode();
        return [.. requests.RootElement.EnumerateArray().Select(static request => System.Text.Encoding.UTF8.GetBytes(request.GetProperty("body").GetString()!))];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
