using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Infrastructure.Documents.Postgres;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Documents;

public sealed class PostgresDocumentRepositoryTests(PostgresServer server) : DocumentRepositoryContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;
    private WorkSignal _signal = null!;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IDocumentRepository Documents => new PostgresDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal);

    protected override IWorkQueue Queue => new PostgresWorkQueue(_database.Database, ProcessIdentity.Current(), _signal, Clock);

    protected override IEventLog Events => new PostgresEventLog(_database.Database);

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresTestDatabase.CreateAsync(server);
        _signal = new WorkSignal(Clock);
    }

    public async ValueTask DisposeAsync()
    {
        _signal?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected override IWorkQueue AnotherNode() => new PostgresWorkQueue(_database.Open(), new ProcessIdentity("another", 1, 1), _signal, Clock);
}
