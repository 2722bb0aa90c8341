using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads a span of days: two dates, two dates that share their year or month, or a month.</summary>
public static partial class PeriodNormalizer
{
    private const int Timeout = 250;

    /// <summary>The span as <c>2011-06-01/2011-06-30</c>, or null when the text is none.</summary>
    public static string? Normalize(string printed)
    {
        if (printed.Length > 120)
        {
            return null;
        }

        var text = Lead().Replace(PrintedText.Tidy(printed).Trim(' ', '.', ',', ';', ':', '(', ')'), string.Empty);
        foreach (Match separator in Separator().Matches(text))
        {
            var (before, after) = (text[..separator.Index].Trim(), text[(separator.Index + separator.Length)..].Trim());
            if (DateNormalizer.TryRead(after, DateOrder.MonthFirst, out var end) && TryStart(before, end, out var start) && start <= end)
            {
                return Format(start, end);
            }

            // "June 1-30, 2011": the month stands only before the separator.
            var month = before.Split(' ')[0];
            if (DateNormalizer.MonthOf(month) > 0
                && DateNormalizer.TryRead($"{month} {after}", DateOrder.MonthFirst, out end) && TryStart(before, end, out start)
                    && start <= end)
            {
                return Format(start, end);
            }
        }

        return WholeMonth(text);
    }

    private static bool TryStart(string text, DateOnly end, out DateOnly start)
    {
        if (DateNormalizer.TryRead(text, DateOrder.MonthFirst, out start))
        {
            return true;
        }

        // "December 15 - January 14, 2011" and "12/15 - 01/14/2011": the year is that of the end, or the one before.
        var joint = text.Contains('/', StringComparison.Ordinal) ? "/" : text.Contains('-', StringComparison.Ordinal) ? "-" : " ";
        if (!DateNormalizer.TryRead(string.Create(CultureInfo.InvariantCulture, $"{text}{joint}{end.Year}"), DateOrder.MonthFirst, out start))
        {
            return false;
        }

        start = start > end ? start.AddYears(-1) : start;
        return true;
    }

    private static string? WholeMonth(string text)
    {
        var match = MonthAndYear().Match(text);
        return match.Success
            && DateNormalizer.TryMake(
                DateNormalizer.FullYear(match.Groups[2].Value), DateNormalizer.MonthOf(match.Groups[1].Value), 1, out var first)
            ? Format(first, first.AddMonths(1).AddDays(-1))
            : null;
    }

    private static string Format(DateOnly start, DateOnly end) => $"{DateNormalizer.Format(start)}/{DateNormalizer.Format(end)}";

    [GeneratedRegex(@"^(?:for the period |for |period |from |beginning )+", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Lead();

    [GeneratedRegex(@" ?[-~/] ?| (?:to|through|thru|until|till|and|ending) ", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^([A-Za-z]{3,9})\.?,? ?([0-9]{4})$", RegexOptions.None, Timeout)]
    private static partial Regex MonthAndYear();
}
