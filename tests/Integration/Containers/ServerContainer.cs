using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Idp.Integration.Containers;

/// <summary>A container with one server in it, which is reached at a port of this machine. It lives as long as its input is held, and so ends with this process.</summary>
internal sealed class ServerContainer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly string _name;
    private readonly Process _process;

    private ServerContainer(string name, Process process, int port) => (_name, _process, Port) = (name, process, port);

    /// <summary>Where the server is reached on this machine.</summary>
    public int Port { get; private set; }

    /// <summary>Builds an image of <c>eng/images</c> and starts it, or skips the test where there is no container engine.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="port">Where its server listens, unless <c>PORT</c> tells it otherwise.</param>
    public static async Task<ServerContainer> StartAsync(string image, int port)
    {
        await ContainerEngine.RequireAsync();
        await ContainerEngine.RemoveOrphansAsync();
        var tag = await ContainerEngine.BuildImageAsync(image);
        var name = $"idp-test-{image}-{Guid.CreateVersion7():N}";

        // Without a bridge, the container shares the machine's network.
        var hasBridge = (await ContainerEngine.DockerAsync("network", "ls", "--quiet", "--filter", "driver=bridge")).Trim().Length > 0;
        var hostPort = hasBridge ? 0 : FreePort();
        string[] network = hasBridge
            ? ["--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1::{port}")]
            : ["--network", "host", "--env", string.Create(CultureInfo.InvariantCulture, $"PORT={hostPort}"), "--env", "LISTEN=127.0.0.1"];
        var start = new ProcessStartInfo(
            "docker",
            ["run", "--rm", "--interactive", "--name", name, "--label", ContainerEngine.Label, "--env", "UNTIL_INPUT_ENDS=1", "--tmpfs", "/tmp:exec,mode=1777", .. network, tag])
        {
            RedirectStandardInput = true,
        };
        var container = new ServerContainer(name, Process.Start(start)!, hostPort);
        try
        {
            await container.FindPortAsync(port);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command in the container and gives what it prints.</summary>
    public Task<string> RunAsync(params string[] command) => ContainerEngine.DockerAsync(["exec", _name, .. command]);

    /// <summary>Starts a command in the container and does not wait for it.</summary>
    public Task BeginAsync(params string[] command) => ContainerEngine.DockerAsync(["exec", "--detach", _name, .. command]);

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

    /// <inheritdoc />
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks the engine where the server can be reached, unless it is known.</summary>
    private async Task FindPortAsync(int inside)
    {
        if (Port == 0)
        {
            await UntilItAnswersAsync(async () =>
            {
                var address = await ContainerEngine.DockerAsync("port", _name, inside.ToString(CultureInfo.InvariantCulture));
                Port = int.Parse(address.Trim().Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture);
            });
        }
    }
}
