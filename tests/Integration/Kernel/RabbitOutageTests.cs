using Idp.Integration.Containers;

namespace Idp.Integration.Kernel;

/// <summary>A broker of its own, which is stopped and started.</summary>
public sealed class RabbitOutageTests(PostgresServer postgres) : IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;
    private RabbitServer.Running _rabbit = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rabbit = await RabbitServer.StartAsync();
        _database = await PostgresTestDatabase.CreateAsync(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_rabbit?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_stuck_when_the_broker_goes_away_and_comes_back()
    {
        var queue = _rabbit.Queue("outage");
        await using var api = new RabbitTestNode(_database.ConnectionString, queue);
        await api.ConnectAsync();

        await api.AddAsync("before_1", "before_2", "before_3");
        await using (var seen = await RabbitTestQueue.ConnectAsync(queue))
        {
            await seen.HoldsAsync(3);
            await seen.NextIsPersistentAsync();
        }

        // What a killed broker still has afterwards is its own affair: it may even have lost the queue.
        await _rabbit.StopAsync();
        await api.AddAsync("away_1", "away_2", "away_3");
        await _rabbit.StartAgainAsync();

        await using var worker = new RabbitTestNode(_database.ConnectionString, queue);
        await worker.ConnectAsync();
        var done = worker.WorkAndComplete();
        await UntilAsync(() => done.Count == 6);
        done.ShouldBeUnique();

        // While it is away, workers find by themselves what there is.
        await _rabbit.StopAsync();
        await api.AddAsync("alone_1", "alone_2", "alone_3");
        await UntilAsync(() => done.Count == 9);

        await _rabbit.StartAgainAsync();
        await api.AddAsync("again_1", "again_2", "again_3");
        await UntilAsync(() => done.Count == 12);
        done.ShouldBeUnique();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }
}
