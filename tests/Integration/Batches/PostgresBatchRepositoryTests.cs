using Idp.Application.Batches.Ports;
using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Batches.Postgres;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Batches;

public sealed class PostgresBatchRepositoryTests(PostgresServer server) : BatchRepositoryContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IBatchRepository Batches => new PostgresBatchRepository(_database.Database);

    protected override IEventLog Events => new PostgresEventLog(_database.Database);

    public async ValueTask InitializeAsync() => _database = await PostgresTestDatabase.CreateAsync(server);

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
