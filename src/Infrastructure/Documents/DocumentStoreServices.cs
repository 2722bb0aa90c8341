using Idp.Application.Documents.Ports;
using Idp.Infrastructure.Documents.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Documents;

/// <summary>Registers the store of documents.</summary>
public static class DocumentStoreServices
{
    /// <summary>Adds the store; <see cref="Kernel.StorageServices.AddStorage"/> must be called too.</summary>
    public static IServiceCollection AddDocumentStore(this IServiceCollection services) =>
        services.AddSingleton<IDocumentRepository, SqliteDocumentRepository>();
}
