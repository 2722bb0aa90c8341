using Idp.Application.Documents.Ports;
using Idp.Infrastructure.Documents.Postgres;
using Idp.Infrastructure.Documents.Sqlite;
using Idp.Infrastructure.Kernel.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Documents;

/// <summary>Registers the store of documents.</summary>
public static class DocumentStoreServices
{
    /// <summary>Adds the store; <see cref="Kernel.StorageServices.AddStorage"/> must be called too.</summary>
    public static IServiceCollection AddDocumentStore(this IServiceCollection services, DatabaseOptions database) => database.IsPostgres
        ? services.AddSingleton<IDocumentRepository, PostgresDocumentRepository>()
        : services.AddSingleton<IDocumentRepository, SqliteDocumentRepository>();
}
