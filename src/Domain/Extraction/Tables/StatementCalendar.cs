using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Knows from which year the short dates (<c>06/03</c>) of a statement are.</summary>
internal sealed partial class StatementCalendar
{
    /// <summary>A row may lie this many days outside the printed period.</summary>
    private const int Slack = 45;

    private readonly List<(int Page, DateOnly Start, DateOnly End)> _periods = [];
    private readonly Dictionary<int, (DateOnly Start, DateOnly End)> _onPage = [];

    /// <summary>Reads statement periods and statement dates off the pages, which come in order.</summary>
    public StatementCalendar(IEnumerable<PageTokens> pages)
    {
        foreach (var page in pages)
        {
            foreach (var line in page.Layout)
            {
                if (PeriodOf(line.Whole.Text) is { } period)
                {
                    _periods.Add((page.Page.Number, period.Start, period.End));
                    _onPage.TryAdd(page.Page.Number, period);
                }
            }
        }
    }

    /// <summary>
    /// The day in its normal form: ISO when the year is printed or known from the statement; <c>06-03</c> (month, day) when it is not;
    /// null when the text is no date.
    /// </summary>
    /// <param name="printed">The date as printed.</param>
    /// <param name="page">The page on which it stands.</param>
    public string? Normalize(string printed, int page)
    {
        if ((ValueNormalizer.Normalize(FieldType.Date, printed) ?? ValueNormalizer.Normalize(FieldType.Date, Separators().Replace(printed, "/"))) is { } full)
        {
            return full;
        }

        var tidy = PrintedText.Tidy(printed).Trim(' ', '.', ',', '\'', '"', '‘', '“');
        tidy = tidy.Any(char.IsLetter) ? tidy : Separators().Replace(tidy, "/");
        if (PeriodAt(page) is not { } known)
        {
            return WithYear(tidy, 2000) is { } day ? day.ToString("MM-dd", CultureInfo.InvariantCulture) : null;
        }

        for (var year = known.End.Year; year >= known.Start.Year - 1; year--)
        {
            if (WithYear(tidy, year) is { } day && day <= known.End.AddDays(Slack))
            {
                return DateNormalizer.Format(day);
            }
        }

        return null;
    }

    /// <summary>The period printed last before or on a page; before any is printed, the first.</summary>
    private (DateOnly Start, DateOnly End)? PeriodAt(int page)
    {
        var (low, high) = (0, _periods.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _periods[middle].Page <= page ? (middle + 1, high) : (low, middle);
        }

        // Of several on one page the first counts.
        return low is 0 ? _periods.Select(each => ((DateOnly Start, DateOnly End)?)(each.Start, each.End)).FirstOrDefault() : _onPage[_periods[low - 1].Page];
    }

    /// <summary>The statement period that a page prints itself; null when it prints none.</summary>
    public (DateOnly Start, DateOnly End)? PeriodPrintedOn(int page) => _onPage.TryGetValue(page, out var period) ? period : null;

    private static DateOnly? WithYear(string shortDate, int year)
    {
        var joint = shortDate.Contains('-', StringComparison.Ordinal) ? "-" : shortDate.Any(char.IsLetter) ? " " : "/";
        var text = string.Create(CultureInfo.InvariantCulture, $"{shortDate}{joint}{year}");
        return DateNormalizer.TryRead(text, DateOrder.MonthFirst, out var day) ? day : null;
    }

    private static (DateOnly Start, DateOnly End)? PeriodOf(string line)
    {
        var match = PeriodLabel().Match(line);
        if (match.Success && PeriodNormalizer.Normalize(Limited(match.Groups["rest"].Value)) is { } period)
        {
            var parts = period.Split('/');
            return (DateOnly.Parse(parts[0], CultureInfo.InvariantCulture), DateOnly.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        var dated = DateLabel().Match(line);
        if (!dated.Success)
        {
            return null;
        }

        // A date is followed by nothing else, or by the next cell of the line.
        var words = dated.Groups["rest"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = Math.Min(4, words.Length); count > 0; count--)
        {
            if (DateNormalizer.TryRead(string.Join(' ', words.Take(count)), DateOrder.MonthFirst, out var day))
            {
                return (day.AddMonths(-1), day);
            }
        }

        return null;
    }

    private static string Limited(string text) => text.Length > 100 ? text[..100] : text;

    /// <summary>What recognition makes of the slashes of a date.</summary>
    [GeneratedRegex("[ :'°,.]+", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    [GeneratedRegex(@"\b(?:statement period|billing period|for the period|period covered|period|statement dates?|from)\b:?\s*(?<rest>.*[0-9]{4}.*)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex PeriodLabel();

    [GeneratedRegex(@"\b(?:statement date|closing date|statement closing date|statement ending|period ending|as of|through)\b:?\s*(?<rest>.*[0-9]{4}.*)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex DateLabel();
}
