using System.Globalization;

namespace Idp.Domain.Extraction;

/// <summary>Decides whether two readings mean the same value.</summary>
public static class SameValue
{
    /// <summary>True when the values are equal in meaning, or differ only as a recognition slip in a longer text would make them.</summary>
    public static bool Holds(ExtractedField first, ExtractedField second)
    {
        if (first.Key is not null || second.Key is not null)
        {
            return first.Key == second.Key && first.Value == second.Value;
        }

        return first.Type switch
        {
            FieldType.Money or FieldType.Percent => Number(first.Value) is { } amount && amount == Number(second.Value),
            FieldType.Name => Initials(first.Value) == Initials(second.Value) && AreAlike(Letters(first.Value), Letters(second.Value)),
            FieldType.Address or FieldType.Category or FieldType.Text => AreAlike(Letters(first.Value), Letters(second.Value)),
            FieldType.AccountNumber => Letters(first.Value) == Letters(second.Value),
            FieldType.Identifier => AreLookAlikes(Letters(first.Value), Letters(second.Value)),
            FieldType.Date or FieldType.Period or FieldType.Phone or FieldType.Email or FieldType.SsnLast4 or FieldType.Pair =>
                first.Value == second.Value,
        };
    }

    /// <summary>
    /// Equal but for at most two places where one has a letter and the other a digit: nobody is given such a pair of numbers.
    /// </summary>
    private static bool AreLookAlikes(string first, string second)
    {
        if (first.Length != second.Length)
        {
            return false;
        }

        var different = first.Zip(second).Where(pair => pair.First != pair.Second).ToList();
        return different.Count == 0
            || (first.Length >= 6 && different.Count <= 2
                && different.All(pair => char.IsAsciiDigit(pair.First) != char.IsAsciiDigit(pair.Second)));
    }

    /// <summary>Short texts must be equal; in longer ones one character in ten may differ, digits never.</summary>
    private static bool AreAlike(string first, string second)
    {
        if (first == second)
        {
            return true;
        }

        var allowed = Math.Min(first.Length, second.Length) / 10;
        return allowed > 0
            && string.Concat(first.Where(char.IsAsciiDigit)) == string.Concat(second.Where(char.IsAsciiDigit))
            && EditDistance.Between(first, second, allowed) <= allowed;
    }

    /// <summary>Middle initials: two persons may differ in nothing else.</summary>
    private static string Initials(string name) =>
        string.Join(' ', name.ToUpperInvariant().Split(' ').Select(word => word.Trim('.', ',')).Where(word => word.Length == 1));

    private static decimal? Number(string value) =>
        decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Letters(string value) => string.Concat(value.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));
}
