using Idp.Application.Kernel.Ai;
using Idp.Infrastructure.Kernel.Ai.Sqlite;

namespace Idp.Integration.Kernel;

public sealed class SqliteModelLimitStoreTests : ModelLimitStoreContract, IDisposable
{
    private readonly TestDatabase _database = new();

    protected override IModelLimitStore Store => new SqliteModelLimitStore(_database.Database);

    public void Dispose() => _database.Dispose();

    protected override IModelLimitStore Reopened() => new SqliteModelLimitStore(_database.Open());
}
