using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents.Contracts;

/// <summary>The pages of documents that have been read.</summary>
public interface IPages
{
    /// <summary>One page, or null while it is not read.</summary>
    Task<Page?> FindAsync(DocumentId id, int number, CancellationToken ct);

    /// <summary>Every page that was read, ascending; pages that failed are missing.</summary>
    Task<ValueList<Page>> ReadAllAsync(Document document, CancellationToken ct);
}
