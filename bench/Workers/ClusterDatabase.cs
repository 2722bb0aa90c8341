using System.Diagnostics;
using Npgsql;

namespace Idp.Bench.Workers;

/// <summary>A PostgreSQL server in a container, with an empty database; ends with this process.</summary>
internal sealed class ClusterDatabase : IAsyncDisposable
{
    private const string Database = "idp";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private readonly Process _container;

    private ClusterDatabase(Process container, string connectionString) => (_container, ConnectionString) = (container, connectionString);

    /// <summary>How to connect.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server at a free port of this machine; needs a container engine (<c>eng/docker.sh</c>).</summary>
    public static async Task<ClusterDatabase> StartAsync(int port, CancellationToken ct)
    {
        var image = await PrintedByAsync("eng/images/build.sh", "postgres");
        string[] server = ["-c", "max_connections=300", "-c", "shared_buffers=64MB"];
        var container = Process.Start(new ProcessStartInfo(
            "docker",
            [
                "run", "--rm", "--interactive", "--network", "host", "--env", "LISTEN=127.0.0.1", "--env", FormattableString.Invariant($"PORT={port}"), "--env", "UNTIL_INPUT_ENDS=1",
                "--tmpfs", "/tmp:exec,mode=1777", image, .. server,
            ])
        {
            RedirectStandardInput = true,
        })!;
        var address = FormattableString.Invariant($"Host=127.0.0.1;Port={port};Username=idp;Password=secret");
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{address};Database=postgres;Pooling=false");
                await connection.OpenAsync(ct);
                await using var command = new NpgsqlCommand($"CREATE DATABASE {Database}", connection);
                await command.ExecuteNonQueryAsync(ct);
                return new ClusterDatabase(container, $"{address};Database={Database}");
            }
            catch (NpgsqlException) when (!container.HasExited && Stopwatch.GetElapsedTime(began) < StartTimeout)
            {
                await Task.Delay(Pause, TimeProvider.System, ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _container.StandardInput.Close();
        await _container.WaitForExitAsync();
        _container.Dispose();
    }

    private static async Task<string> PrintedByAsync(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true })!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return printed.Trim().Split('\n')[^1];
    }
}
