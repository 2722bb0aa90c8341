using Idp.Domain.Documents;
using Idp.Domain.Extraction;
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

    public static Error FieldNotFound(FieldId id) => new(ErrorKind.NotFound, "field.not-found", $"The document's result has no field {id}.");

    public static Error FieldExists(FieldId id) => new(
        ErrorKind.Conflict, "field.exists", $"The account has a value of this name already, and only one is allowed; correct field {id}.");

    public static Error FieldNameUnknown(string schema) => new(ErrorKind.Invalid, "field.unknown-name", $"Schema '{schema}' has no field of this name.")
    {
        Fields = [new FieldError("Name", "Must be a field of the document's schema.")],
    };

    public static Error ValueNotValid(string name, FieldType type) => new(ErrorKind.Invalid, "field.not-valid", $"This is no value of field '{name}'.")
    {
        Fields = [new FieldError("Value", $"Cannot be read as {Described(type)}.")],
    };

    public static Error OnlyPairsHaveKeys() => new(ErrorKind.Invalid, "field.not-valid", "Only key-value pairs have a key.")
    {
        Fields = [new FieldError("Key", "Only key-value pairs have a key.")],
    };

    public static Error KeyMissing() => new(ErrorKind.Invalid, "field.not-valid", "A key-value pair needs a key.")
    {
        Fields = [new FieldError("Key", "A key-value pair needs a key.")],
    };

    public static Error RunNotFound(RunId id) => new(ErrorKind.NotFound, "run.not-found", $"There is no result of a run {id} of the document.");

    public static Error ResultNotReady(DocumentId id, string stage, int percent) => new(
        ErrorKind.Conflict, "result.not-ready", $"Document {id} has no result yet: stage {stage}, {percent} %.");

    /// <summary>Pages for which the rules' reading stands alone, with the reason of the model's failure.</summary>
    public static Error NotReadByModel(Error why, IEnumerable<int> pages) =>
        why with { Message = $"Page {string.Join(", ", pages.Distinct().Order())} was read by rules alone: {why.Message}" };

    private static string Described(FieldType type) => type switch
    {
        FieldType.Text => "text",
        FieldType.Name => "a name",
        FieldType.Address => "an address",
        FieldType.Date => "a date, e.g. 2011-06-30 or 06/30/2011",
        FieldType.Period => "a period, e.g. 2011-06-01/2011-06-30",
        FieldType.Money => "an amount, e.g. 1234.50 or 1,234.50",
        FieldType.Percent => "a rate, e.g. 6.000",
        FieldType.Phone => "a telephone number, e.g. (802) 555-0140",
        FieldType.Email => "an e-mail address",
        FieldType.AccountNumber => "an account number",
        FieldType.SsnLast4 => "a social security number or its last four digits",
        FieldType.Identifier => "an identifier",
        FieldType.Pair => "a key and a value",
        FieldType.Category => "a kind, in two letters or more",
    };
}
