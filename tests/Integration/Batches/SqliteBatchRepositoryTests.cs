using Idp.Application.Batches.Ports;
using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Batches.Sqlite;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Batches;

public sealed class SqliteBatchRepositoryTests : BatchRepositoryContract, IDisposable
{
    private readonly TestDatabase _database = new();

    public SqliteBatchRepositoryTests()
    {
        Batches = new SqliteBatchRepository(_database.Database, Clock);
        Events = new SqliteEventLog(_database.Database);
    }

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IBatchRepository Batches { get; }

    protected override IEventLog Events { get; }

    public void Dispose() => _database.Dispose();
}
