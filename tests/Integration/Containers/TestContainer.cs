using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Idp.Integration.Containers;

/// <summary>A container that lives as long as this process holds its input, so that it ends even when this process is killed.</summary>
internal sealed class TestContainer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly Channel<string> _printed = Channel.CreateUnbounded<string>();
    private readonly Process _process;
    private readonly int[] _ports;
    private int[] _hostPorts;

    private TestContainer(string name, Process process, int[] ports, int[] hostPorts)
    {
        (Name, _process, _ports, _hostPorts) = (name, process, ports, hostPorts);
        _ = KeepLinesAsync();
    }

    /// <summary>What the engine calls it.</summary>
    public string Name { get; }

    /// <summary>Starts a container of an image of <c>eng/images</c>, or skips the test where there is no container engine.</summary>
    public static async Task<TestContainer> StartAsync(ContainerPlan plan)
    {
        await ContainerEngine.RequireAsync();
        await ContainerEngine.RemoveOrphansAsync();
        var tag = plan.Tag ?? await ContainerEngine.BuildImageAsync(plan.Image);

        // Without a bridge, the container shares the machine's network.
        var hasBridge = await ContainerEngine.HasBridgeAsync();
        int[] ports = hasBridge ? [.. Enumerable.Range(plan.FirstPort, plan.PortCount)] : FreePorts(plan.PortCount);
        string[] network = hasBridge
            ? [.. ports.SelectMany(static port => new[] { "--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1::{port}") })]
            : ["--network", "host", "--env", "LISTEN=127.0.0.1", "--env", string.Create(CultureInfo.InvariantCulture, $"PORT={ports[0]}")];
        var name = $"idp-test-{plan.Image}-{Guid.CreateVersion7():N}";
        var start = new ProcessStartInfo(
            "docker",
            [
                "run", "--rm", "--interactive", "--name", name, "--label", ContainerEngine.Label, "--env", "UNTIL_INPUT_ENDS=1", "--tmpfs", "/tmp:exec,mode=1777",
                .. network, .. plan.Options(ports), tag, .. plan.Arguments,
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var container = new TestContainer(name, Process.Start(start)!, ports, hasBridge ? [] : ports);
        try
        {
            await container.FindHostPortsAsync();
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of one of its ports on this machine, counted from 0.</summary>
    public string AddressOf(int index) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_hostPorts[index]}");

    /// <summary>The number of one of its ports inside the container.</summary>
    public string PortOf(int index) => _ports[index].ToString(CultureInfo.InvariantCulture);

    /// <summary>Waits until the container prints a line.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    /// <exception cref="OperationCanceledException">It did not print the line in two minutes.</exception>
    public async Task WaitForLineAsync(string expected)
    {
        using var patience = new CancellationTokenSource(StartTimeout, TimeProvider.System);
        await foreach (var line in _printed.Reader.ReadAllAsync(patience.Token))
        {
            if (line == expected)
            {
                return;
            }
        }

        throw new InvalidOperationException($"The container {Name} ended before it was ready.");
    }

    /// <summary>Runs a shell command in the container and gives what it prints.</summary>
    public Task<string> RunAsync(string command) => ContainerEngine.DockerAsync("exec", Name, "bash", "-c", command);

    /// <summary>Starts a shell command in the container and does not wait for it.</summary>
    public Task BeginAsync(string command) => ContainerEngine.DockerAsync("exec", "--detach", Name, "bash", "-c", command);

    /// <summary>Waits until somebody listens at one of its ports, as seen from inside.</summary>
    public Task WaitUntilListeningAsync(int index) => UntilItAnswersAsync(() => RunAsync($"exec 3<>/dev/tcp/127.0.0.1/{PortOf(index)}"));

    /// <summary>Tries until it succeeds, or until the server had time enough to start.</summary>
    public async Task UntilItAnswersAsync(Func<Task> attempt)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && !_process.HasExited && TimeProvider.System.GetElapsedTime(began) < StartTimeout)
            {
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await ContainerEngine.DockerAsync("rm", "--force", Name);
        }

        _process.Dispose();
    }

    private static int[] FreePorts(int count)
    {
        // All held at once, so that they differ.
        var listeners = Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(static listener => listener.Start());
        int[] ports = [.. listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(static listener => listener.Dispose());
        return ports;
    }

    private async Task KeepLinesAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _printed.Writer.TryWrite(line);
        }

        _printed.Writer.Complete();
    }

    /// <summary>Asks the engine where the ports are reached, unless they are the machine's own.</summary>
    private async Task FindHostPortsAsync()
    {
        if (_hostPorts.Length == 0)
        {
            await UntilItAnswersAsync(async () => _hostPorts = await Task.WhenAll(_ports.Select(FindHostPortAsync)));
        }
    }

    private async Task<int> FindHostPortAsync(int port)
    {
        var address = await ContainerEngine.DockerAsync("port", Name, port.ToString(CultureInfo.InvariantCulture));
        return int.Parse(address.Trim().Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture);
    }
}
