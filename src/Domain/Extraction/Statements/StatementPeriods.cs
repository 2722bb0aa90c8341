using System.Globalization;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Gives the columns of a statement names by which values are kept apart.</summary>
internal static class StatementPeriods
{
    /// <summary>Names the columns.</summary>
    /// <param name="times">What the headings say of each column, from left to right.</param>
    /// <param name="context">What the report says where the headings are silent.</param>
    /// <param name="isBalance">True where columns stand for a day.</param>
    public static ValueList<StatementPeriod> Of(IReadOnlyList<ColumnTime> times, ReportContext context, bool isBalance)
    {
        var periods = times.Select((time, at) => Named(time, at, context, isBalance)).ToList();
        if (Repeats(periods) && periods.Exists(period => period.Months is not null))
        {
            periods = [.. periods.Select(period => period.Months is { } months ? period with { Key = $"{months.ToString(CultureInfo.InvariantCulture)}M {period.Key}" } : period)];
        }

        // Columns that still agree stand for something else than time: another currency, pro forma figures.
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < periods.Count; at++)
        {
            var count = seen[periods[at].Key] = seen.GetValueOrDefault(periods[at].Key) + 1;
            periods[at] = count > 1 ? periods[at] with { Key = string.Create(CultureInfo.InvariantCulture, $"{periods[at].Key} ({count})") } : periods[at];
        }

        return periods.ToValueList();
    }

    private static bool Repeats(List<StatementPeriod> periods) => periods.DistinctBy(period => period.Key, StringComparer.Ordinal).Count() < periods.Count;

    private static StatementPeriod Named(ColumnTime time, int at, ReportContext context, bool isBalance)
    {
        if (time.Year is not { } year)
        {
            return new StatementPeriod(string.Create(CultureInfo.InvariantCulture, $"column_{at + 1}"), null, time.Months);
        }

        var (month, day) = time.Month is not null ? (time.Month, time.Day) : (context.YearEndMonth, context.YearEndDay);
        var isYearEnd = time.Month is null && month is not null;
        var end = month is { } known ? Day(year, known, day) : null;
        var months = isBalance ? null : time.Months ?? (isYearEnd ? 12 : null);
        return end is { } date
            ? new StatementPeriod(DateNormalizer.Format(date), date, months)
            : new StatementPeriod(year.ToString(CultureInfo.InvariantCulture), null, months);
    }

    /// <summary>A day of a month; its last one where none or an impossible one is given.</summary>
    private static DateOnly? Day(int year, int month, int? day)
    {
        if (year is < 1850 or > 2199)
        {
            return null;
        }

        var last = DateTime.DaysInMonth(year, month);
        return new DateOnly(year, month, day is { } given and >= 1 && given <= last ? given : last);
    }
}
