using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>Every expected failure that concerns accounts, fields and schemas.</summary>
internal static class ExtractionErrors
{
    public static Error DocumentNotFound(DocumentId id) => DocumentErrors.NotFound(id);

    public static Error SchemaNotFound(string name) => new(ErrorKind.NotFound, "schema.not-found", $"There is no schema '{name}'.");

    public static Error AccountsNotReady(DocumentId id, string stage, int percent) => new(
        ErrorKind.Conflict, "accounts.not-ready", $"The accounts of document {id} are not known yet: stage {stage}, {percent} %.");

    public static Error StaleAccounts(DocumentId id) => new(
        ErrorKind.Stale, "accounts.stale", $"The accounts of document {id} changed since they were read; read them again.");

    public static Error AccountNotFound(int index) => new(ErrorKind.NotFound, "account.not-found", $"The document has no account {index}.");

    public static Error AccountsLost(DocumentId id) => new(
        ErrorKind.Unavailable, "accounts.lost", $"The accounts found in document {id} are missing from the cache or damaged; process it again.");

    public static Error PagesOutOfRange(int totalPages) => new(
        ErrorKind.Invalid, "accounts.page-out-of-range", $"The document has the pages 1 to {totalPages}; an account names others.");

    public static Error RowsUnexplained(string table, int count) => new(
        ErrorKind.Invalid, "extraction.rows-unexplained", $"{count} printed lines look like rows of table '{table}' and could not be read; the result lists them.");

    /// <summary>Pages for which the rules' reading stands alone, with the reason of the model's failure.</summary>
    public static Error NotReadByModel(Error why, IEnumerable<int> pages) =>
        why with { Message = $"Page {string.Join(", ", pages.Distinct().Order())} was read by rules alone: {why.Message}" };
}
