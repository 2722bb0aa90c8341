using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Extraction.Postgres;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;

namespace Idp.Integration.Extraction;

public sealed class PostgresReviewRepositoryTests(PostgresServer server) : ReviewRepositoryContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;

    protected override IReviewRepository Repository => new PostgresReviewRepository(_database.Database);

    protected override IEventLog Events => new PostgresEventLog(_database.Database);

    public async ValueTask InitializeAsync() => _database = await PostgresTestDatabase.CreateAsync(server);

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
