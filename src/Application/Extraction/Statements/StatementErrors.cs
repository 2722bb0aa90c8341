using System.Text.Json;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>What may be wrong with a document's financial statements.</summary>
internal static class StatementErrors
{
    public static Error NoneFound() => new(
        ErrorKind.Invalid, "statement.none-found", "No income statement, balance sheet or cash flow was found in the document.");

    public static Error LinesUnexplained(StatementType type, int count) => new(
        ErrorKind.Invalid, "statement.lines-unexplained", $"{count} printed lines of the {Described(type)} could not be read in full; the result lists them.");

    public static Error PeriodsUnread(StatementType type) => new(
        ErrorKind.Invalid, "statement.periods-unread", $"The headings of some columns of the {Described(type)} could not be read; their keys count the columns.");

    public static Error DoesNotReconcile(StatementType type, StatementCheck check) => new(
        ErrorKind.Invalid, "statement.does-not-reconcile",
        $"The {Described(type)} does not reconcile for {check.Period}: '{check.Label}' says {check.Printed}, the other lines come to {check.Computed}.");

    private static string Described(StatementType type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString()).Replace('_', ' ');
}
