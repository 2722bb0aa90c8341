using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Idp.Integration.Containers;

/// <summary>A container that lives as long as this process holds its input, so that it ends even when this process is killed.</summary>
internal sealed class HeldContainer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly string _name;
    private readonly Process _process;
    private readonly int[] _ports;
    private readonly bool _hasBridge;
    private int[] _hostPorts = [];

    private HeldContainer(string name, Process process, int[] ports, bool hasBridge) => (_name, _process, _ports, _hasBridge) = (name, process, ports, hasBridge);

    /// <summary>Starts a container of an image of <c>eng/images</c>, or skips the test where there is no container engine.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="portCount">How many ports it serves at.</param>
    /// <param name="firstPort">The first of these ports; the others follow it.</param>
    /// <param name="options">What else to tell the engine, for the ports that the container is to serve at.</param>
    public static async Task<HeldContainer> StartAsync(string image, int portCount, int firstPort, Func<int[], string[]> options)
    {
        await ContainerEngine.RequireAsync();
        await ContainerEngine.RemoveOrphansAsync();
        var tag = await ContainerEngine.BuildImageAsync(image);

        // Without a bridge, the container shares the machine's network.
        var hasBridge = (await ContainerEngine.DockerAsync("network", "ls", "--quiet", "--filter", "driver=bridge")).Trim().Length > 0;
        int[] ports = hasBridge ? [.. Enumerable.Range(firstPort, portCount)] : FreePorts(portCount);
        string[] network = hasBridge
            ? [.. ports.SelectMany(static port => new[] { "--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1::{port}") })]
            : ["--network", "host", "--env", "LISTEN=127.0.0.1"];
        var name = $"idp-test-{image}-{Guid.CreateVersion7():N}";
        var start = new ProcessStartInfo(
            "docker",
            [
                "run", "--rm", "--interactive", "--name", name, "--label", ContainerEngine.Label, "--env", "UNTIL_INPUT_ENDS=1", "--tmpfs", "/tmp:exec,mode=1777",
                .. network, .. options(ports), tag,
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new HeldContainer(name, Process.Start(start)!, ports, hasBridge);
    }

    /// <summary>Waits until the container prints a line, and finds where its ports are reached.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not print it in two minutes.</exception>
    public async Task WaitForLineAsync(string expected)
    {
        using var patience = new CancellationTokenSource(StartTimeout, TimeProvider.System);
        string? line;
        do
        {
            line = await _process.StandardOutput.ReadLineAsync(patience.Token);
        }
        while (line is not null && line != expected);
        if (line is null)
        {
            throw new InvalidOperationException($"The container {_name} ended before it was ready.");
        }

        _hostPorts = _hasBridge ? await Task.WhenAll(_ports.Select(FindHostPortAsync)) : _ports;
    }

    /// <summary>The address of one of its ports, counted from 0.</summary>
    public string AddressOf(int index) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_hostPorts[index]}");

    /// <summary>The number of one of its ports inside the container.</summary>
    public string PortOf(int index) => _ports[index].ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs a shell command in the container.</summary>
    public Task<string> RunAsync(string command) => ContainerEngine.DockerAsync("exec", _name, "bash", "-c", command);

    /// <summary>Waits until somebody listens at one of its ports, as seen from inside.</summary>
    public async Task WaitUntilListeningAsync(int index)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await RunAsync($"exec 3<>/dev/tcp/127.0.0.1/{PortOf(index)}");
                return;
            }
            catch (InvalidOperationException) when (TimeProvider.System.GetElapsedTime(began) < StartTimeout)
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
            await ContainerEngine.DockerAsync("rm", "--force", _name);
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

    private async Task<int> FindHostPortAsync(int port)
    {
        var address = await ContainerEngine.DockerAsync("port", _name, port.ToString(CultureInfo.InvariantCulture));
        return int.Parse(address.Trim().Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture);
    }
}
