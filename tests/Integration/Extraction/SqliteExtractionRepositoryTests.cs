using Idp.Application.Extraction.Ports;
using Idp.Infrastructure.Extraction.Sqlite;
using Idp.Integration.Kernel;

namespace Idp.Integration.Extraction;

public sealed class SqliteExtractionRepositoryTests : ExtractionRepositoryContract, IDisposable
{
    private readonly TestDatabase _database = new();

    public SqliteExtractionRepositoryTests() => Repository = new SqliteExtractionRepository(_database.Database);

    protected override IExtractionRepository Repository { get; }

    public void Dispose() => _database.Dispose();
}
