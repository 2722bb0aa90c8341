using System.Globalization;
using System.Net.Http.Headers;
using Idp.Integration.Containers;

namespace Idp.Integration.Cluster;

/// <summary>One node of the service in a container, with the rights that it has when it is deployed.</summary>
internal sealed class ServiceContainer(PrivateNetwork network, string name, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private const int Port = 5015;
    private const string OperatorKey = "operator-of-the-cluster";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>What others in the network call it.</summary>
    public string Name => name;

    /// <summary>What the engine calls it.</summary>
    public string Id { get; } = $"idp-test-{name}-{Guid.CreateVersion7():N}";

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="image">The tag of its image.</param>
    /// <param name="isPublished">True to let this machine in too, with a key; otherwise it listens to itself alone.</param>
    /// <param name="ct">Cancels the waiting.</param>
    public async Task StartAsync(string image, bool isPublished, CancellationToken ct)
    {
        var listensOn = isPublished ? "0.0.0.0" : "127.0.0.1";
        string[] published = isPublished
            ? ["--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1::{Port}"), "--env", $"AUTH__KEYS=operator:{OperatorKey}"]
            : [];
        await ContainerEngine.DockerAsync(
        [
            "run", "--detach", "--name", Id, "--hostname", name, "--label", ContainerEngine.Label, .. network.OptionsFor(name), .. published,
            "--init", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges:true",
            .. settings.SelectMany(static setting => new[] { "--env", $"{setting.Key}={setting.Value}" }),
            image, "serve", "--urls", string.Create(CultureInfo.InvariantCulture, $"http://{listensOn}:{Port}"),
        ]);
        await WaitUntilReadyAsync(ct);
    }

    /// <summary>A client for a node that is published; the caller disposes it.</summary>
    public async Task<HttpClient> ConnectAsync()
    {
        var address = (await ContainerEngine.DockerAsync("port", Id, Port.ToString(CultureInfo.InvariantCulture))).Trim().Split('\n')[0];
        var client = new HttpClient { BaseAddress = new Uri($"http://{address}"), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorKey);
        return client;
    }

    /// <summary>Ends it without warning.</summary>
    public Task KillAsync() => ContainerEngine.DockerAsync("kill", Id);

    /// <summary>Starts it again after it was killed, with what it had on its disk.</summary>
    public async Task StartAgainAsync(CancellationToken ct)
    {
        await ContainerEngine.DockerAsync("start", Id);
        await WaitUntilReadyAsync(ct);
    }

    /// <summary>Ends it in good order and removes it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await ContainerEngine.DockerAsync("stop", "--time", "30", Id);
        var code = int.Parse(await ContainerEngine.DockerAsync("inspect", Id, "--format", "{{.State.ExitCode}}"), CultureInfo.InvariantCulture);
        await DisposeAsync();
        return code;
    }

    /// <summary>Whether it has logged a line with these words.</summary>
    public async Task<bool> HasLoggedAsync(params string[] words) =>
        (await LogAsync()).Split('\n').Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync() => await ContainerEngine.DockerAsync("rm", "--force", "--volumes", Id);

    private Task<string> LogAsync() => ContainerEngine.DockerAsync("logs", Id);

    private async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync())
        {
            if (TimeProvider.System.GetElapsedTime(began) > StartTimeout)
            {
                throw new InvalidOperationException($"{name} is not ready after {StartTimeout.TotalSeconds} s: {await LogAsync()}");
            }

            await Task.Delay(Pause, TimeProvider.System, ct);
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        const string Request = @"GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n";
        try
        {
            var answer = await ContainerEngine.DockerAsync(
                "exec", Id, "bash", "-c", string.Create(CultureInfo.InvariantCulture, $"exec 3<>/dev/tcp/127.0.0.1/{Port} && printf '{Request}' >&3 && head -n 1 <&3"));
            return answer.Contains(" 200 ", StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            // Nobody listens yet.
            return false;
        }
    }
}
