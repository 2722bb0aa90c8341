using Idp.Application.Kernel.Ai;
using Idp.Infrastructure.Kernel.Ai.Postgres;
using Idp.Integration.Containers;

namespace Idp.Integration.Kernel;

public sealed class PostgresModelLimitStoreTests(PostgresServer server) : ModelLimitStoreContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;

    protected override IModelLimitStore Store => new PostgresModelLimitStore(_database.Database);

    public async ValueTask InitializeAsync() => _database = await PostgresTestDatabase.CreateAsync(server);

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override IModelLimitStore Reopened() => new PostgresModelLimitStore(_database.Open());
}
