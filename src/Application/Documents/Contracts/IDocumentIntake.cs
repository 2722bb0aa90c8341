using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Documents.Contracts;

/// <summary>A file that is in the store and not yet a document.</summary>
/// <param name="Id">The document that it will be.</param>
/// <param name="FileName">The name that the sender gave.</param>
/// <param name="FileType">What its bytes are.</param>
/// <param name="Hash">Identity of its bytes.</param>
/// <param name="ByteCount">Its size.</param>
public sealed record ReceivedFile(DocumentId Id, string FileName, FileType FileType, ContentHash Hash, long ByteCount);

/// <summary>How received files are to be processed.</summary>
/// <param name="Kind">What the sender says they are.</param>
/// <param name="Priority">Null takes the kind's own: loans go first.</param>
/// <param name="BudgetUsd">Cap of each document in US dollars; null for none.</param>
/// <param name="SchemaName">A schema other than the kind's own.</param>
/// <param name="Tags">The sender's own marks.</param>
public sealed record IntakeTerms(DocumentKind Kind, Priority? Priority, decimal? BudgetUsd, string? SchemaName, ValueList<string> Tags)
{
    /// <summary>The batch that the files belong to.</summary>
    public BatchId? BatchId { get; init; }
}

/// <summary>Takes files in, in two steps, so that several can become documents together or not at all.</summary>
public interface IDocumentIntake
{
    /// <summary>Streams a file into the store. Who calls this calls <see cref="QueueAsync"/> or <see cref="DiscardAsync"/> with what it gave.</summary>
    /// <returns>The file; <c>document.empty</c>, <c>document.unsupported-type</c>, <c>document.encrypted</c> or <c>document.too-large</c>, and then nothing of it is kept.</returns>
    Task<Result<ReceivedFile>> ReceiveAsync(Stream content, string fileName, CancellationToken ct);

    /// <summary>Removes received files again.</summary>
    Task DiscardAsync(IEnumerable<ReceivedFile> files);

    /// <summary>The documents that received files will be, in their order, not stored yet.</summary>
    Task<ValueList<Document>> DraftAsync(ValueList<ReceivedFile> files, IntakeTerms terms, CancellationToken ct);

    /// <summary>Stores drafts with their first work, all or nothing.</summary>
    Task QueueAsync(ValueList<Document> drafts, CancellationToken ct);

    /// <summary>True when results can be made by a schema of this name.</summary>
    Task<bool> KnowsSchemaAsync(string name, CancellationToken ct);
}
