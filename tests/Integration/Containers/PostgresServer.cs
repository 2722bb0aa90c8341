using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Integration.Containers;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Idp.Integration.Containers;

/// <summary>
/// A PostgreSQL server in a container, started when the first test asks for it and shared by all. The container ends with this process, even when it is killed: it
/// lives as long as its input is held.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Template = "idp_template";

    private readonly SemaphoreSlim _starting = new(1, 1);
    private Running? _running;
    private int _databases;

    /// <summary>Makes an empty database with all tables, or skips the test where there is no container engine.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var server = await StartedAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await server.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        return server.ConnectionString(name);
    }

    /// <summary>Makes a database without any table.</summary>
    public async Task<string> CreateBareDatabaseAsync()
    {
        var server = await StartedAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"bare_{Interlocked.Increment(ref _databases)}");
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        return server.ConnectionString(name);
    }

    /// <summary>Removes a database, whoever is still connected to it.</summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await (await StartedAsync()).ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_running is { } running)
        {
            await running.DisposeAsync();
        }

        _starting.Dispose();
    }

    /// <summary>A server of a test's own, which it may stop.</summary>
    internal static async Task<Running> StartAsync()
    {
        await ContainerEngine.RequireAsync();
        await ContainerEngine.RemoveOrphansAsync();
        var image = await ContainerEngine.BuildImageAsync("postgres");
        var name = $"idp-test-postgres-{Guid.CreateVersion7():N}";

        // Without a bridge, the container shares the machine's network.
        var hasBridge = (await ContainerEngine.DockerAsync("network", "ls", "--quiet", "--filter", "driver=bridge")).Trim().Length > 0;
        var hostPort = hasBridge ? 0 : FreePort();
        string[] network = hasBridge
            ? ["--publish", "127.0.0.1::5432"]
            : ["--network", "host", "--env", string.Create(CultureInfo.InvariantCulture, $"PORT={hostPort}"), "--env", "LISTEN=127.0.0.1"];
        string[] server = ["-c", "fsync=off", "-c", "max_connections=300", "-c", "shared_buffers=64MB", "-c", "deadlock_timeout=200ms"];
        var start = new ProcessStartInfo(
            "docker",
            ["run", "--rm", "--interactive", "--name", name, "--label", ContainerEngine.Label, "--env", "UNTIL_INPUT_ENDS=1", "--tmpfs", "/tmp:exec,mode=1777", .. network, image, .. server])
        {
            RedirectStandardInput = true,
        };
        var container = Process.Start(start)!;
        var running = new Running(name, container);
        try
        {
            await running.FindPortAsync(hostPort);
            await running.WaitUntilItAnswersAsync();
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<Running> StartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _running ??= await StartWithTemplateAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    private static async Task<Running> StartWithTemplateAsync()
    {
        var running = await StartAsync();
        await running.ExecuteAsync($"CREATE DATABASE {Template}");
        await using var database = new PostgresDatabase(
            new DatabaseOptions { Provider = "postgresql", ConnectionString = running.ConnectionString(Template) }, TimeProvider.System);
        await database.PrepareAsync(CancellationToken.None);
        return running;
    }

    /// <summary>One server.</summary>
    internal sealed class Running(string name, Process container) : IAsyncDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
        private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

        private int _port;

        /// <summary>How to connect to one of its databases.</summary>
        public string ConnectionString(string database) => string.Create(
            CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=idp;Password=secret;Database={database};Maximum Pool Size=10;Timeout=30");

        /// <summary>Runs a statement in the server's own database.</summary>
        public async Task ExecuteAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        /// <summary>Stops the server as if it crashed; the container stays.</summary>
        public Task StopAsync() => ContainerEngine.DockerAsync("exec", name, "pg_ctl", "--mode", "immediate", "stop");

        /// <summary>Starts the server again.</summary>
        public Task StartAgainAsync() => ContainerEngine.DockerAsync("exec", "--detach", name, "pg_ctl", "--log", "/tmp/server.log", "start");

        public async ValueTask DisposeAsync()
        {
            container.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
            try
            {
                await container.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await ContainerEngine.DockerAsync("rm", "--force", name);
            }

            container.Dispose();
        }

        /// <summary>Waits until the server takes connections.</summary>
        internal async Task WaitUntilItAnswersAsync()
        {
            var began = TimeProvider.System.GetTimestamp();
            while (true)
            {
                try
                {
                    await ExecuteAsync("SELECT 1");
                    return;
                }
                catch (NpgsqlException) when (!container.HasExited && TimeProvider.System.GetElapsedTime(began) < StartTimeout)
                {
                    await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
                }
            }
        }

        /// <summary>Asks the engine where the server can be reached, unless it is known.</summary>
        internal async Task FindPortAsync(int hostPort)
        {
            _port = hostPort;
            var began = TimeProvider.System.GetTimestamp();
            while (_port == 0)
            {
                try
                {
                    var address = await ContainerEngine.DockerAsync("port", name, "5432");
                    _port = int.Parse(address.Trim().Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture);
                }
                catch (InvalidOperationException) when (!container.HasExited && TimeProvider.System.GetElapsedTime(began) < StartTimeout)
                {
                    await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
                }
            }
        }
    }
}
