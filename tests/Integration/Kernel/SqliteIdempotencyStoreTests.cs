using Idp.Application.Kernel.Idempotency;
using Idp.Infrastructure.Kernel.Idempotency.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class SqliteIdempotencyStoreTests : IdempotencyStoreContract, IDisposable
{
    private readonly TestDatabase _database = new();

    protected override IIdempotencyStore Store => new SqliteIdempotencyStore(_database.Database, ProcessIdentity.Current(), Clock);

    protected override ManualTimeProvider Clock => _database.Clock;

    [Fact]
    public async Task The_claim_of_a_process_that_died_is_free_again()
    {
        var dead = ProcessIdentity.Current() with { StartTicks = ProcessIdentity.Current().StartTicks + 1 };
        await new SqliteIdempotencyStore(_database.Database, dead, Clock).ClaimAsync("k", TestContext.Current.CancellationToken);

        (await Store.ClaimAsync("k", TestContext.Current.CancellationToken)).State.ShouldBe(KeyState.Claimed);
    }

    public void Dispose() => _database.Dispose();
}
