using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>A value within a run of words.</summary>
/// <param name="Value">The normalised value.</param>
/// <param name="Printed">As printed.</param>
/// <param name="Words">Its words.</param>
/// <param name="Shape">How surely it has the form of its type, 0 to 1.</param>
/// <param name="Skipped">How many words were passed over before it.</param>
internal sealed record FoundValue(string Value, string Printed, IReadOnlyList<Word> Words, double Shape, int Skipped);

/// <summary>Finds the value of a field in a run of words.</summary>
internal static class ValueScanner
{
    /// <summary>A value that does not follow at once must be plain to see.</summary>
    private const double LeastShapeAfterSkip = 0.5;

    /// <summary>The first value of the field's type; the longest that starts there. Null when there is none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="words">The words to search.</param>
    /// <param name="skip">How many words may be passed over; text, names and addresses are taken whole and skip none.</param>
    public static FoundValue? First(FieldDefinition field, IReadOnlyList<Word> words, int skip)
    {
        if (LongestWindow(field.Type) is not { } longest)
        {
            return Whole(field, words);
        }

        for (var start = 0; start < words.Count && start <= skip; start++)
        {
            for (var length = Math.Min(longest, words.Count - start); length > 0; length--)
            {
                var window = words.Skip(start).Take(length).ToList();
                if (Read(field, window, start) is { } found && (start == 0 || found.Shape >= LeastShapeAfterSkip))
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>All values of the field's type in a run, from left to right, without overlap.</summary>
    public static IEnumerable<FoundValue> All(FieldDefinition field, IReadOnlyList<Word> words)
    {
        var from = 0;
        while (from < words.Count && First(field, [.. words.Skip(from)], words.Count) is { } found)
        {
            yield return found;
            from += found.Skipped + found.Words.Count;
        }
    }

    /// <summary>The words as one value of the field; null when they are none, or one of too poor a form.</summary>
    public static FoundValue? Read(FieldDefinition field, IReadOnlyList<Word> words, int skipped)
    {
        var printed = string.Join(' ', words.Select(word => word.Text));
        if (Trimmed(printed).Length == 0 || ValueNormalizer.Normalize(field, printed) is not { } value)
        {
            return null;
        }

        var shape = ValueShape.Of(field, value, printed);
        return shape > 0 ? new FoundValue(value, Trimmed(printed), words, shape, skipped) : null;
    }

    private static FoundValue? Whole(FieldDefinition field, IReadOnlyList<Word> words) => field.Type switch
    {
        FieldType.Name => NameShape.Leading(words) is { Count: > 0 } name ? Read(field, name, 0) : null,
        FieldType.Category => words.Count is > 0 and <= 7 ? Read(field, words, 0) : null,
        _ => words.Count is > 0 and <= 20 ? Read(field, words, 0) : null,
    };

    private static string Trimmed(string printed) => printed.Trim(' ', ',', ';', ':', '|', '_', '=', '+');

    /// <summary>The most words that a value of a type has; null for types that have no form of their own.</summary>
    private static int? LongestWindow(FieldType type) => type switch
    {
        FieldType.Date => 6,
        FieldType.Period => 13,
        FieldType.Money => 4,
        FieldType.Percent => 4,
        FieldType.Phone => 5,
        FieldType.Email => 4,
        FieldType.AccountNumber => 4,
        FieldType.SsnLast4 => 5,
        FieldType.Identifier => 4,
        FieldType.Text or FieldType.Name or FieldType.Address or FieldType.Category or FieldType.Pair => null,
    };
}
