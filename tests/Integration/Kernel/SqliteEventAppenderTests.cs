using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Kernel.Events.Sqlite;

namespace Idp.Integration.Kernel;

public sealed class SqliteEventAppenderTests : EventAppenderContract, IDisposable
{
    private readonly TestDatabase _database = new();

    public SqliteEventAppenderTests()
    {
        Appender = new SqliteEventAppender(_database.Database, _database.Clock);
        Log = new SqliteEventLog(_database.Database);
    }

    protected override IEventAppender Appender { get; }

    protected override IEventLog Log { get; }

    public void Dispose() => _database.Dispose();
}
