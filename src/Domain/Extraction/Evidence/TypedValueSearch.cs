using System.Globalization;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>
/// Finds values by reading the page's words as values: <c>2010-12-26</c> is found where <c>December 26, 2010</c> is printed.
/// </summary>
internal static class TypedValueSearch
{
    /// <summary>The runs of words whose normal form is the value.</summary>
    public static IEnumerable<IReadOnlyList<Word>> Find(PageText text, FieldType type, string value)
    {
        var longest = LongestWindow(type);
        var needle = Needle(type, value);
        var words = text.Words;
        for (var start = 0; start < words.Count; start++)
        {
            for (var length = Math.Min(longest, words.Count - start); length > 0; length--)
            {
                var window = words.Skip(start).Take(length).ToList();
                var printed = string.Join(' ', window.Select(word => word.Text));
                if (printed.Length < 60 && FoldedDigits(printed).Contains(needle, StringComparison.Ordinal)
                    && IsSame(type, ValueNormalizer.Normalize(type, printed), value))
                {
                    yield return window;
                    start += length - 1;
                    break;
                }
            }
        }
    }

    /// <summary>True for the same value; amounts and rates are compared as numbers, amounts without their sign, which a column or a word may tell.</summary>
    public static bool IsSame(FieldType type, string? found, string value) =>
        found == value || (found is not null && type is FieldType.Money or FieldType.Percent && Number(type, found) is { } number && number == Number(type, value));

    private static decimal? Number(FieldType type, string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? type is FieldType.Money ? Math.Abs(number) : number : null;

    /// <summary>Digits that every way of printing the value shows in a row; a cheap test before the words are read.</summary>
    private static string Needle(FieldType type, string value) => type switch
    {
        FieldType.Date => value.Length >= 4 ? value[2..4] : value,
        FieldType.Period => value.Length >= 8 ? value[^8..^6] : value,
        FieldType.SsnLast4 => value,
        FieldType.Money or FieldType.Percent when value.Contains('.', StringComparison.Ordinal) => PrintedText.Digits(value.TrimEnd('0')).TrimStart('0'),
        _ => PrintedText.Digits(value),
    };

    private static string FoldedDigits(string printed) =>
        string.Concat(printed.Select(PrintedText.AsDigit).OfType<char>());

    private static int LongestWindow(FieldType type) => type switch
    {
        FieldType.Period => 13,
        FieldType.Date => 6,
        FieldType.Phone or FieldType.SsnLast4 => 5,
        _ => 4,
    };
}
