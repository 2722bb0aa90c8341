using Idp.Domain.Kernel;
using Idp.Domain.Research;

namespace Idp.Application.Research.Ports;

/// <summary>The rubrics: built-in ones from files, users' own beside them.</summary>
/// <remarks>Adapters: built-in JSON files with a folder of users' rubrics in the blob store. Passes <c>RubricCatalogContract</c>.</remarks>
public interface IRubricCatalog
{
    /// <summary>The rubric, users' own before built-in; null when there is none.</summary>
    Task<Rubric?> FindAsync(string name, CancellationToken ct);

    /// <summary>Every rubric's name, sorted.</summary>
    Task<ValueList<string>> NamesAsync(CancellationToken ct);

    /// <summary>Stores a user's rubric under its name.</summary>
    Task SaveAsync(Rubric rubric, CancellationToken ct);
}
