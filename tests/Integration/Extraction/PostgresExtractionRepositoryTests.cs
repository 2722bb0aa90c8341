using Idp.Application.Extraction.Ports;
using Idp.Infrastructure.Extraction.Postgres;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;

namespace Idp.Integration.Extraction;

public sealed class PostgresExtractionRepositoryTests(PostgresServer server) : ExtractionRepositoryContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;

    protected override IExtractionRepository Repository => new PostgresExtractionRepository(_database.Database);

    public async ValueTask InitializeAsync() => _database = await PostgresTestDatabase.CreateAsync(server);

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
