using Idp.Application.Kernel.Idempotency;
using Idp.Infrastructure.Kernel.Idempotency.Postgres;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class PostgresIdempotencyStoreTests(PostgresServer server) : IdempotencyStoreContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;

    protected override IIdempotencyStore Store => new PostgresIdempotencyStore(_database.Database, ProcessIdentity.Current(), Clock);

    protected override ManualTimeProvider Clock => _database.Clock;

    [Fact]
    public async Task The_claim_of_a_process_that_died_is_free_again()
    {
        var dead = ProcessIdentity.Current() with { StartTicks = ProcessIdentity.Current().StartTicks + 1 };
        await new PostgresIdempotencyStore(_database.Database, dead, Clock).ClaimAsync("k", TestContext.Current.CancellationToken);

        (await Store.ClaimAsync("k", TestContext.Current.CancellationToken)).State.ShouldBe(KeyState.Claimed);
    }

    [Fact]
    public async Task The_claim_of_a_node_elsewhere_holds_while_it_tells_that_it_lives()
    {
        var node = new ProcessIdentity("elsewhere", 1, 1);
        await _database.BeatAsync(node);
        await new PostgresIdempotencyStore(_database.Database, node, Clock).ClaimAsync("k", TestContext.Current.CancellationToken);

        (await Store.ClaimAsync("k", TestContext.Current.CancellationToken)).State.ShouldBe(KeyState.Running);
        Clock.Advance(PostgresTestDatabase.Life);
        (await Store.ClaimAsync("k", TestContext.Current.CancellationToken)).State.ShouldBe(KeyState.Claimed);
    }

    public async ValueTask InitializeAsync() => _database = await PostgresTestDatabase.CreateAsync(server);

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
