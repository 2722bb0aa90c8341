using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents.Contracts;

/// <summary>What Documents shows of a document's accounts; the module that finds accounts implements it.</summary>
public interface IDocumentAccounts
{
    /// <summary>The accounts found so far; none before they are found.</summary>
    Task<DocumentAccounts> FindAsync(DocumentId id, CancellationToken ct);

    /// <summary>True when results can be made by a schema of this name.</summary>
    Task<bool> KnowsSchemaAsync(string name, CancellationToken ct);

    /// <summary>Removes everything that was derived from a document.</summary>
    Task DeleteAsync(DocumentId id, CancellationToken ct);
}

/// <summary>The accounts of a document, as its overview shows them.</summary>
/// <param name="Accounts">In the order of their first page.</param>
/// <param name="UnassignedPages">Pages of no account.</param>
public sealed record DocumentAccounts(ValueList<AccountSummary> Accounts, ValueList<int> UnassignedPages);

/// <summary>One account in the overview.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="AccountNumber">Its number; null when the document has none.</param>
/// <param name="Pages">Its pages, from 1.</param>
/// <param name="SharedPages">Those that belong to another account as well.</param>
/// <param name="Confidence">How sure the boundaries are.</param>
/// <param name="Reasons">Why, for a person.</param>
public sealed record AccountSummary(
    int Index, string? AccountNumber, ValueList<int> Pages, ValueList<int> SharedPages, Confidence Confidence, ValueList<string> Reasons);
