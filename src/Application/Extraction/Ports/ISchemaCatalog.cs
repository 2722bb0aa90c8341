using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction.Ports;

/// <summary>The extraction schemas: built-in ones from files, users' own beside them.</summary>
/// <remarks>Adapters: built-in JSON files with a folder of users' schemas in the blob store. Passes <c>SchemaCatalogContract</c>.</remarks>
public interface ISchemaCatalog
{
    /// <summary>The schema, users' own before built-in; null when there is none.</summary>
    Task<ExtractionSchema?> FindAsync(string name, CancellationToken ct);

    /// <summary>Every schema's name, sorted.</summary>
    Task<ValueList<string>> NamesAsync(CancellationToken ct);

    /// <summary>Stores a user's schema under its name.</summary>
    Task SaveAsync(ExtractionSchema schema, CancellationToken ct);
}
