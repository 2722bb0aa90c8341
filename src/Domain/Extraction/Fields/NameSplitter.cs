using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>Parts a line that names several persons (<c>Hugo McAllister and Zelda Villanueva</c>) into one reading a person.</summary>
internal static class NameSplitter
{
    /// <summary>
    /// The readings of the persons, or the reading itself when it names one, or a firm (<c>Maple &amp; Main Hardware Inc.</c>).
    /// </summary>
    public static IEnumerable<FieldReading> Split(FieldReading reading)
    {
        if (!reading.Field.Multiple || reading.Field.Type is not FieldType.Name || reading.Lines.Count != 1
            || NameShape.IsOrganization(reading.Value))
        {
            return [reading];
        }

        var parts = new List<List<Word>> { new() };
        foreach (var word in reading.Lines[0])
        {
            if (word.Text is "and" or "AND" or "And" or "&" or "or" or "OR")
            {
                parts.Add([]);
            }
            else
            {
                parts[^1].Add(word);
            }
        }

        return parts.Count > 1 && parts.All(part => part.Count >= 2)
            ? parts.Select(part => Part(reading, part)).OfType<FieldReading>()
            : [reading];
    }

    private static FieldReading? Part(FieldReading reading, List<Word> words) => ValueScanner.Read(reading.Field, words, 0) is { } found
        ? reading with { Value = found.Value, Printed = found.Printed, Lines = [words] }
        : null;
}
