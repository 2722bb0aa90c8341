using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>A day as it stands on a receipt.</summary>
/// <param name="Value">The day in ISO form.</param>
/// <param name="Line">The line it stands on.</param>
/// <param name="Run">Its words.</param>
/// <param name="Start">Where it begins in the line's text.</param>
/// <param name="HasSeparators">False for a bare run of digits, which needs a label to be believed.</param>
internal sealed record ReceiptDate(string Value, PrintedLine Line, TextRun Run, int Start, bool HasSeparators);

/// <summary>Finds the days printed on receipts and decides whether day or month comes first.</summary>
public static partial class ReceiptDates
{
    private const int EarliestYear = 1980;
    private const int MisreadDecade = 207;

    /// <summary>The first day printed in a text in ISO form, or null.</summary>
    /// <param name="printed">The text.</param>
    /// <param name="monthFirst">True when <c>03/04/2018</c> is the fourth of March.</param>
    public static string? Normalize(string printed, bool monthFirst) =>
        Day().Matches(printed).Select(match => Parse(match, monthFirst)).FirstOrDefault(day => day is not null);

    /// <summary>The days of a line, from left to right.</summary>
    internal static IReadOnlyList<ReceiptDate> Of(PrintedLine line, bool monthFirst) =>
    [
        .. from match in Day().Matches(line.Text)
           let day = Parse(match, monthFirst)
           where day is not null
           select new ReceiptDate(day, line, line.Covered(match), match.Index, !match.Groups["bare"].Success),
    ];

    /// <summary>Whether the page writes the month first: some date has no other reading, or the seller's address is American.</summary>
    internal static bool WritesMonthFirst(IReadOnlyList<PrintedLine> lines)
    {
        var numeric = lines.SelectMany(line => Day().Matches(line.Text)).Where(match => match.Groups["first"].Success).ToList();
        if (numeric.Any(match => Number(match, "second") > 12 && Number(match, "first") <= 12))
        {
            return true;
        }

        return !numeric.Any(match => Number(match, "first") > 12) && lines.Any(line => AmericanPlace().IsMatch(line.Text));
    }

    private static string? Parse(Match match, bool monthFirst)
    {
        var bare = match.Groups["bare"].Value;
        var printed = bare.Length == 0 ? match.Value : $"{bare[..2]}-{bare[2..4]}-{bare[4..]}";
        if (!DateNormalizer.TryRead(printed, monthFirst ? DateOrder.MonthFirst : DateOrder.DayFirst, out var day) || day.Year < EarliestYear)
        {
            return null;
        }

        // Worn print turns the 1 of the decade into a 7.
        return DateNormalizer.Format(day.Year / 10 == MisreadDecade ? day.AddYears(-60) : day);
    }

    private static int Number(Match match, string group) => Number(match.Groups[group].Value);

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(
        @"(?<![\d/.-])(?:"
        + @"(?<isoyear>(?:19|20)\d\d)\s?[-/.]\s?(?<isomonth>\d{1,2})\s?[-/.]\s?(?<isoday>\d{1,2})"
        + @"|(?<first>\d{1,2})\s?(?<separator>[-/.])\s?(?<second>\d{1,2})\s?[-/.]\s?(?<year>\d{4}|\d{2})"
        + @"|(?<named>\d{1,2})(?:st|nd|rd|th)?[-/., ]{0,2}(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[-/., ]{1,2}(?<year>\d{4}|\d{2})"
        + @"|(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[. ]{1,2}(?<named>\d{1,2})(?:st|nd|rd|th)?,?\s(?<year>\d{4})"
        + @"|(?<bare>[0-3]\d[01]\d20\d\d)"
        + @")(?![\d/])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Day();

    [GeneratedRegex(@",\s*[A-Z]{2}\.?\s+\d{5}(?:-\d{4})?\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex AmericanPlace();
}
