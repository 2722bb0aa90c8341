using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Which of two small numbers of a date is the day, where nothing in the date tells.</summary>
public enum DateOrder
{
    /// <summary>12/09/2023 is 9 December, as in the United States.</summary>
    MonthFirst,

    /// <summary>12/09/2023 is 12 September, as in most of the world.</summary>
    DayFirst,
}

/// <summary>Reads calendar days in the styles in which they are printed.</summary>
public static partial class DateNormalizer
{
    private const int Timeout = 250;

    /// <summary>Two-digit years below this belong to this century, the others to the last.</summary>
    private const int FirstYearOfLastCentury = 50;

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>The day as <c>2021-01-26</c>, or null when the text is no date.</summary>
    public static string? Normalize(string printed) =>
        TryRead(printed, DateOrder.MonthFirst, out var date) ? Format(date) : null;

    /// <summary>ISO form.</summary>
    public static string Format(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads a whole text as one date; false when it is none.</summary>
    /// <param name="printed">The text; a weekday, ordinal endings, brackets and stray spaces are allowed.</param>
    /// <param name="order">Decides <c>12/09/2023</c>. Dots always mean day first, and a number above 12 is always the day.</param>
    /// <param name="date">The day.</param>
    public static bool TryRead(string printed, DateOrder order, out DateOnly date)
    {
        date = default;
        if (printed.Length > 60)
        {
            return false;
        }

        var text = Weekday().Replace(PrintedText.Tidy(printed).Trim(' ', '.', ',', ';', ':', '(', ')', '[', ']', '_', '|'), string.Empty);
        return TryNumeric(text, order, out date) || TryNamed(text, out date);
    }

    private static bool TryNumeric(string text, DateOrder order, out DateOnly date)
    {
        date = default;
        // "12 27 2050", "1227/2050", "12:27.2050": thin separators are lost or misread.
        var parted = Parted().Replace(text.Replace(':', '/'), "$1$4$7-$2$5$8-$3$6$9");
        var match = Numeric().Match(string
            .Concat(parted.Where(character => character != ' ').Select(character => PrintedText.AsDigit(character) ?? character)));
        if (!match.Success || text.Count(char.IsAsciiDigit) < 4)
        {
            return false;
        }

        var (first, second, third) = (match.Groups[1].Value, match.Groups[3].Value, match.Groups[4].Value);
        if (first.Length == 4)
        {
            return TryMake(Number(first), Number(second), Number(third), out date);
        }

        if (third.Length is not (2 or 4))
        {
            return false;
        }

        var year = FullYear(third);
        var dayFirst = (match.Groups[2].Value == "." && match.Groups["second"].Value == ".") || order is DateOrder.DayFirst;
        var (month, day) = dayFirst ? (Number(second), Number(first)) : (Number(first), Number(second));
        return TryMake(year, month, day, out date) || TryMake(year, day, month, out date);
    }

    private static bool TryNamed(string text, out DateOnly date)
    {
        date = default;
        var parts = NamePart().Matches(text).Select(match => match.Value).ToList();
        var named = parts.FindIndex(part => MonthOf(part) > 0);
        if (named < 0 || parts.Sum(part => part.Length) < text.Count(char.IsLetterOrDigit))
        {
            return false;
        }

        var month = MonthOf(parts[named]);
        var numbers = parts.Where((part, at) => at != named && !Filler().IsMatch(part)).ToList();
        if (numbers.Count != 2)
        {
            return false;
        }

        // "26 Dec 2010" and "December 26, 2010" have the year last; "2010 Dec 26" has it first.
        var (day, year) = numbers[0].Length == 4 && named <= 1 && parts[0] == numbers[0]
            ? (numbers[1], numbers[0]) : (numbers[0], numbers[1]);
        var dayDigits = PrintedText.RepairDigits(Ordinal().Replace(day, string.Empty), 0.5);
        var yearDigits = PrintedText.RepairDigits(year.TrimStart('\''), 0.5);
        return dayDigits.Length is 1 or 2 && yearDigits.Length is 2 or 4
            && dayDigits.All(char.IsAsciiDigit) && yearDigits.All(char.IsAsciiDigit)
            && TryMake(FullYear(yearDigits), month, Number(dayDigits), out date);
    }

    /// <summary>The month of a name or abbreviation, 1 to 12; 0 for any other word. One wrong letter in a long name is forgiven.</summary>
    internal static int MonthOf(string word)
    {
        var name = word.ToLowerInvariant();
        if (name.Length < 3 || !char.IsLetter(name[0]))
        {
            return 0;
        }

        var exact = Array.FindIndex(Months, month => name == month || name == month[..3] || (name == "sept" && month == "september"));
        return 1 + (exact >= 0 || name.Length < 5 ? exact : Array.FindIndex(Months, month => DiffersByOneLetter(name, month)));
    }

    internal static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        var possible = year is >= 1850 and <= 2199 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = possible ? new DateOnly(year, month, day) : default;
        return possible;
    }

    internal static int FullYear(string digits)
    {
        var year = Number(digits);
        return digits.Length > 2 ? year : year < FirstYearOfLastCentury ? 2000 + year : 1900 + year;
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool DiffersByOneLetter(string word, string month) =>
        word.Length == month.Length && word.Zip(month).Count(pair => pair.First != pair.Second) == 1;

    [GeneratedRegex(@"^([0-9]{1,4})([-/.])([0-9]{1,2})(?<second>[-/.])([0-9]{1,4})$", RegexOptions.None, Timeout)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^([0-9]{2})[ ]([0-9]{2})[ ]([0-9]{4})$|^([0-9]{2})([0-9]{2})[-/]([0-9]{4})$|^([0-9]{2})[-/]([0-9]{2})([0-9]{4})$", RegexOptions.None, Timeout)]
    private static partial Regex Parted();

    [GeneratedRegex(@"'?[0-9A-Za-z]+", RegexOptions.None, Timeout)]
    private static partial Regex NamePart();

    [GeneratedRegex(@"^(?:of|day|the|st|nd|rd|th)$", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Filler();

    [GeneratedRegex(@"(?:st|nd|rd|th)$", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)[.,]* +", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Weekday();
}
