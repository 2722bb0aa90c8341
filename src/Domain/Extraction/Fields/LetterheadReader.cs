namespace Idp.Domain.Extraction;

/// <summary>Reads the bank's name where no label stands: at the head of a page, or alone on a line elsewhere.</summary>
internal static class LetterheadReader
{
    /// <summary>A letterhead stands in this part of the page.</summary>
    private const double HeadOfPage = 0.13;

    /// <summary>All readings of a page.</summary>
    public static IEnumerable<FieldReading> Read(ExtractionSchema schema, PageView view)
    {
        var field = schema.Fields.FirstOrDefault(candidate => candidate.Name == "bank_name");
        if (field is null)
        {
            yield break;
        }

        foreach (var segment in view.Segments.Where(segment => !segment.IsProse && segment.Words.Count <= 9))
        {
            var name = NameShape.Leading(segment.Words);
            if (name.Count >= 2 && NameShape.IsBank(name) && ValueScanner.Read(field, name, 0) is { } found)
            {
                var isHead = segment.Box.Y < HeadOfPage;
                var place = isHead ? ValuePlace.Letterhead : ValuePlace.Unlabelled;
                yield return new FieldReading(
                    field, found.Value, found.Printed, view.Page.Number, [name], new ConfidenceSignals(place, isHead ? 0.9 : 0.6, 0, 1));
            }
        }
    }
}
