using System.Globalization;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Integration.Containers;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Idp.Integration.Containers;

/// <summary>A PostgreSQL server in a container, started when the first test asks for it and shared by all.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Template = "idp_template";

    private static readonly ContainerPlan Plan = new("postgres", 5432)
    {
        Arguments = ["-c", "fsync=off", "-c", "max_connections=300", "-c", "shared_buffers=64MB", "-c", "deadlock_timeout=200ms"],
    };

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
        await (_running?.DisposeAsync() ?? ValueTask.CompletedTask);
        _starting.Dispose();
    }

    /// <summary>A server of a test's own, which it may stop.</summary>
    internal static async Task<Running> StartAsync(PrivateNetwork? network = null)
    {
        var running = new Running(await TestContainer.StartAsync(Plan with { Options = _ => network?.OptionsFor("database") ?? [] }));
        try
        {
            await running.WaitUntilItAnswersAsync();
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
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
    internal sealed class Running(TestContainer container) : IAsyncDisposable
    {
        /// <summary>How to connect to one of its databases.</summary>
        public string ConnectionString(string database)
        {
            var address = container.AddressOf(0).Split(':');
            return $"Host={address[0]};Port={address[1]};Username=idp;Password=secret;Database={database};Maximum Pool Size=10;Timeout=30";
        }

        /// <summary>Runs a statement in the server's own database.</summary>
        public async Task ExecuteAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        /// <summary>Stops the server as if it crashed; the container stays.</summary>
        public Task StopAsync() => container.RunAsync("pg_ctl --mode immediate stop");

        /// <summary>Starts the server again.</summary>
        public Task StartAgainAsync() => container.BeginAsync("pg_ctl --log /tmp/server.log start");

        public ValueTask DisposeAsync() => container.DisposeAsync();

        internal Task WaitUntilItAnswersAsync() => container.UntilItAnswersAsync(() => ExecuteAsync("SELECT 1"));
    }
}
