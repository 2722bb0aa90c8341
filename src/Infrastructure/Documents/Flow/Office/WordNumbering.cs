using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>Counts the items of a text document's lists: the numbers are not in the text.</summary>
internal sealed class WordNumbering
{
    private const int Levels = 9;

    private readonly Dictionary<string, XElement> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?[]> _counts = new(StringComparer.Ordinal);

    public WordNumbering(XElement? numbering)
    {
        var kinds = numbering.Children("abstractNum").ToLookup(static kind => kind.Value("abstractNumId"));
        foreach (var list in numbering.Children("num"))
        {
            if (list.Value("numId") is { } id && kinds[list.Child("abstractNumId").Value("val")].FirstOrDefault() is { } kind)
            {
                _lists.TryAdd(id, kind);
            }
        }
    }

    /// <summary>The marker of the next item of a list; null where the text is in none.</summary>
    public string? Next(string? list, int level)
    {
        if (list is null or "0" || !_lists.TryGetValue(list, out var kind))
        {
            return null;
        }

        level = Math.Clamp(level, 0, Levels - 1);

        // Lists of one kind go on counting where another of them stopped.
        var counts = _counts.TryGetValue(kind.Value("abstractNumId") ?? list, out var known) ? known : _counts[kind.Value("abstractNumId") ?? list] = new int?[Levels];
        counts[level] = (counts[level] ?? StartOf(kind, level) - 1) + 1;
        Array.Clear(counts, level + 1, Levels - level - 1);
        var definition = LevelOf(kind, level);
        if (definition.Child("numFmt").Value("val") is "bullet" or null)
        {
            return "•";
        }

        var marker = new StringBuilder(definition.Child("lvlText").Value("val") ?? $"%{level + 1}.");
        for (var index = 0; index < Levels; index++)
        {
            marker.Replace(
                string.Create(CultureInfo.InvariantCulture, $"%{index + 1}"),
                Format(counts[index] ?? StartOf(kind, index), LevelOf(kind, index).Child("numFmt").Value("val")));
        }

        return marker.ToString();
    }

    /// <summary>A number as lists print it.</summary>
    internal static string Format(int number, string? format) => format switch
    {
        "none" => string.Empty,
        "lowerLetter" => Letters(number).ToLowerInvariant(),
        "upperLetter" => Letters(number),
        "lowerRoman" => Roman(number).ToLowerInvariant(),
        "upperRoman" => Roman(number),
        "decimalZero" => number.ToString("00", CultureInfo.InvariantCulture),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static XElement? LevelOf(XElement kind, int level) => kind.Children("lvl").FirstOrDefault(definition => definition.Number("ilvl") == level);

    private static int StartOf(XElement kind, int level) => Math.Clamp(LevelOf(kind, level).Child("start").Number("val") ?? 1, 0, 1_000_000);

    // After Z come AA, BB and so on.
    private static string Letters(int number) => number < 1 ? string.Empty : new string((char)('A' + ((number - 1) % 26)), Math.Min(5, ((number - 1) / 26) + 1));

    private static string Roman(int number)
    {
        if (number is < 1 or > 3999)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var roman = new StringBuilder();
        foreach (var (value, letters) in new[]
        {
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        })
        {
            for (; number >= value; number -= value)
            {
                roman.Append(letters);
            }
        }

        return roman.ToString();
    }
}
