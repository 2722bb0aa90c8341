using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction.Ports;

/// <summary>The page map of a document as it stands.</summary>
/// <param name="Map">Which page belongs to which account.</param>
/// <param name="Edited">True when a person set it; it then survives re-runs.</param>
/// <param name="Version">Counts the stored changes; printed as the ETag.</param>
public sealed record StoredPageMap(PageMap Map, bool Edited, long Version);

/// <summary>The result of one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Result">What it read so far.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record StoredResult(RunId RunId, ExtractionResult Result, DateTimeOffset CreatedAt)
{
    /// <summary>How the result was made; null for one that was stored before this was recorded.</summary>
    public ResultOrigin? Origin { get; init; }
}

/// <summary>How a result was made.</summary>
/// <param name="Kind">What the document was taken for.</param>
/// <param name="Schema">The schema's name.</param>
/// <param name="Provider">Whose model read it; <c>offline</c> for rules alone.</param>
/// <param name="Model">The model.</param>
public sealed record ResultOrigin(DocumentKind Kind, string Schema, string Provider, string Model);

/// <summary>Keeps page maps and results.</summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>ExtractionRepositoryContract</c>. Safe to call concurrently.</remarks>
public interface IExtractionRepository
{
    /// <summary>The document's page map, or null.</summary>
    Task<StoredPageMap?> FindPageMapAsync(DocumentId id, CancellationToken ct);

    /// <summary>
    /// Stores a page map. Returns it with its new version, or null when the stored version is not <paramref name="expectedVersion"/> (0 when there
    /// is none yet; null overwrites whatever there is).
    /// </summary>
    Task<StoredPageMap?> SavePageMapAsync(DocumentId id, PageMap map, bool edited, long? expectedVersion, CancellationToken ct);

    /// <summary>The latest run's result, or null.</summary>
    Task<StoredResult?> FindLatestResultAsync(DocumentId id, CancellationToken ct);

    /// <summary>Stores or replaces one run's result.</summary>
    Task SaveResultAsync(DocumentId id, StoredResult result, CancellationToken ct);

    /// <summary>The runs that have a result, newest first.</summary>
    Task<ValueList<StoredResult>> ListResultsAsync(DocumentId id, CancellationToken ct);

    /// <summary>Removes everything of a document.</summary>
    Task DeleteAsync(DocumentId id, CancellationToken ct);
}
