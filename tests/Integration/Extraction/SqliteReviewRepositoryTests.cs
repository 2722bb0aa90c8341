using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Extraction.Sqlite;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Integration.Kernel;

namespace Idp.Integration.Extraction;

public sealed class SqliteReviewRepositoryTests : ReviewRepositoryContract, IDisposable
{
    private readonly TestDatabase _database = new();

    public SqliteReviewRepositoryTests() => (Repository, Events) = (new SqliteReviewRepository(_database.Database), new SqliteEventLog(_database.Database));

    protected override IReviewRepository Repository { get; }

    protected override IEventLog Events { get; }

    public void Dispose() => _database.Dispose();
}
