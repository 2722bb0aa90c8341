using Idp.Integration.Containers;

namespace Idp.Integration.Faults;

/// <summary>Two nodes to which a broker hands work, one that answers requests and one that works, as real processes.</summary>
public sealed class RabbitFaultTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string _database = string.Empty;
    private RabbitServer.Running _rabbit = null!;
    private ServiceProcess _api = null!;
    private ServiceProcess _worker = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _rabbit = await RabbitServer.StartAsync();
        (_api, _worker) = (Node("api"), Node("worker"));
        await _api.StartAsync(Ct);
        await _worker.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _api.DisposeAsync();
            await _worker.DisposeAsync();
        }

        await (_rabbit?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (_database.Length > 0)
        {
            await postgres.DropDatabaseAsync(_database);
        }

        _folder.Dispose();
    }

    [Fact(Timeout = 240_000)]
    public async Task Documents_are_taken_and_finished_while_the_broker_is_away_and_when_it_is_back()
    {
        var packet = await File.ReadAllBytesAsync(SamplePacket.Path, Ct);
        var before = await _api.UploadAsync(packet, "before.pdf", Ct);
        await _rabbit.StopAsync();
        var away = await _api.UploadAsync(packet, "away.pdf", Ct);
        (await _api.WaitUntilEndedAsync(before, Ct)).GetProperty("status").GetString().ShouldBe("completed");
        await _rabbit.StartAgainAsync();
        var after = await _api.UploadAsync(packet, "after.pdf", Ct);

        (await _api.WaitUntilEndedAsync(away, Ct)).GetProperty("status").GetString().ShouldBe("completed");
        (await _api.WaitUntilEndedAsync(after, Ct)).GetProperty("status").GetString().ShouldBe("completed");
    }

    private ServiceProcess Node(string role) => new(_folder.Path, new Dictionary<string, string>
    {
        ["NODE__ROLE"] = role,
        ["DATABASE__PROVIDER"] = "postgresql",
        ["DATABASE__CONNECTION_STRING"] = _database,
        ["QUEUE__PROVIDER"] = "rabbitmq",
        ["QUEUE__URI"] = _rabbit.Uri,
    });
}
