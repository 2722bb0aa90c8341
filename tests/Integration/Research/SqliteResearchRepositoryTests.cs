using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Research.Ports;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Idp.Infrastructure.Research.Sqlite;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Research;

public sealed class SqliteResearchRepositoryTests : ResearchRepositoryContract, IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly WorkSignal _signal;
    private int _nodes;

    public SqliteResearchRepositoryTests()
    {
        _signal = new WorkSignal(Clock);
        (Research, Queue) = NodeOf(_database.Database, ProcessIdentity.Current());
        Events = new SqliteEventLog(_database.Database);
    }

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IResearchRepository Research { get; }

    protected override IWorkQueue Queue { get; }

    protected override IEventLog Events { get; }

    public void Dispose()
    {
        _signal.Dispose();
        _database.Dispose();
    }

    protected override (IResearchRepository Research, IWorkQueue Queue) AnotherNode() => NodeOf(_database.Open(), new ProcessIdentity("another", ++_nodes, 1));

    private (IResearchRepository Research, IWorkQueue Queue) NodeOf(SqliteDatabase database, ProcessIdentity node) =>
        (new SqliteResearchRepository(database, node, _signal, Clock), new SqliteWorkQueue(database, node, _signal, Clock));
}
