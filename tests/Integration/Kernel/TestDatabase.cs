using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>A real SQLite file in a folder of its own, with a clock that stands still.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteDatabase> _opened = [];

    public TestDatabase() => Database = Open();

    public ManualTimeProvider Clock { get; } = new();

    public SqliteDatabase Database { get; }

    /// <summary>The same file as another process would open it.</summary>
    public SqliteDatabase Open()
    {
        var database = new SqliteDatabase(new DatabaseOptions { ConnectionString = _folder.File("idp.db") }, Clock);
        _opened.Add(database);
        return database;
    }

    public Task AddWorkAsync(WorkItem item) => Database.TryCommitAsync(
        async transaction =>
        {
            await WorkItemRows.AddAsync(transaction, item, TestContext.Current.CancellationToken);
            return true;
        },
        TestContext.Current.CancellationToken);

    /// <summary>Appends events; through <see cref="Database"/> unless another is given.</summary>
    public Task AppendAsync(ValueList<NewEvent> events, SqliteDatabase? through = null) => (through ?? Database).TryCommitAsync(
        async transaction =>
        {
            await EventRows.AppendAsync(transaction, events, Clock.GetUtcNow(), TestContext.Current.CancellationToken);
            return true;
        },
        TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _opened.ForEach(database => database.Dispose());
        _folder.Dispose();
    }
}
