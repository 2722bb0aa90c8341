using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>Reads when the years of a report end, for statements whose columns name years alone.</summary>
internal static partial class ReportDates
{
    /// <summary>A report says it at its beginning.</summary>
    private const int MostPages = 60;

    /// <summary>The month and day named most often as the end of a year; null when none is.</summary>
    public static (int Month, int Day)? YearEndOf(IReadOnlyList<Page> pages)
    {
        var ends = pages.Take(MostPages).SelectMany(page => Ends().Matches(page.Text)).Select(EndOf).OfType<(int Month, int Day)>().ToList();
        return ends.Count == 0 ? null : ends.GroupBy(end => end).MaxBy(group => group.Count())!.Key;
    }

    private static (int Month, int Day)? EndOf(Match match)
    {
        var month = DateNormalizer.MonthOf(match.Groups["month"].Value);
        var day = int.Parse(match.Groups["day"].ValueSpan, CultureInfo.InvariantCulture);
        return month > 0 && day is >= 1 and <= 31 ? (month, day) : null;
    }

    [GeneratedRegex(@"\byears? end(?:ed|ing|s)?(?: on)?[ :\n]+(?:(?<month>[A-Za-z]{3,9})\.? (?<day>[0-9]{1,2})|(?<day>[0-9]{1,2})(?:st|nd|rd|th)? (?<month>[A-Za-z]{3,9}))\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Ends();
}
