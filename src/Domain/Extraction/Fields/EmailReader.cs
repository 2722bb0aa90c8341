namespace Idp.Domain.Extraction;

/// <summary>Reads mail addresses wherever they stand: their form gives them away.</summary>
internal static class EmailReader
{
    private static readonly string[] Departments = ["info@", "support@", "service@", "customerservice@", "help@", "contact@", "noreply@", "privacy@", "loans@", "admin@"];

    /// <summary>All readings of a page, those of a bank's departments excepted.</summary>
    public static IEnumerable<FieldReading> Read(ExtractionSchema schema, PageView view) =>
        from field in schema.Fields.Where(candidate => candidate.Type is FieldType.Email)
        from segment in view.Segments.Where(candidate => candidate.Text.Contains('@', StringComparison.Ordinal))
        from found in ValueScanner.All(field, segment.Words)
        where !Departments.Any(department => found.Value.StartsWith(department, StringComparison.Ordinal))
        select new FieldReading(
            field, found.Value, found.Printed, view.Page.Number, [found.Words], new ConfidenceSignals(ValuePlace.Unlabelled, 0.7, 0, 1));
}
