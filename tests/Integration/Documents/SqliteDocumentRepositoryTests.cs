using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Infrastructure.Documents.Sqlite;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Documents;

public sealed class SqliteDocumentRepositoryTests : DocumentRepositoryContract, IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly WorkSignal _signal;

    public SqliteDocumentRepositoryTests()
    {
        _signal = new WorkSignal(Clock);
        Documents = new SqliteDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal, Clock);
        Queue = new SqliteWorkQueue(_database.Database, ProcessIdentity.Current(), _signal, Clock);
        Events = new SqliteEventLog(_database.Database);
    }

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IDocumentRepository Documents { get; }

    protected override IWorkQueue Queue { get; }

    protected override IEventLog Events { get; }

    public void Dispose()
    {
        _signal.Dispose();
        _database.Dispose();
    }

    protected override IWorkQueue AnotherNode() =>
        new SqliteWorkQueue(_database.Open(), new ProcessIdentity("another", 1, 1), _signal, Clock);
}
