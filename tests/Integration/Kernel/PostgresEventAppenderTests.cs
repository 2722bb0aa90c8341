using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Integration.Containers;

namespace Idp.Integration.Kernel;

public sealed class PostgresEventAppenderTests(PostgresServer server) : EventAppenderContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;

    protected override IEventAppender Appender => new PostgresEventAppender(_database.Database);

    protected override IEventLog Log => new PostgresEventLog(_database.Database);

    public async ValueTask InitializeAsync() => _database = await PostgresTestDatabase.CreateAsync(server);

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
