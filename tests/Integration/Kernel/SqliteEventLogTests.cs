using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class SqliteEventLogTests : EventLogContract, IDisposable
{
    private readonly TestDatabase _database = new();

    public SqliteEventLogTests() => Log = new SqliteEventLog(_database.Database);

    protected override IEventLog Log { get; }

    protected override ManualTimeProvider Clock => _database.Clock;

    public void Dispose() => _database.Dispose();

    protected override Task AppendAsync(ValueList<NewEvent> events) => _database.AppendAsync(events);

    protected override Task AppendElsewhereAsync(ValueList<NewEvent> events) => _database.AppendAsync(events, _database.Open());
}
