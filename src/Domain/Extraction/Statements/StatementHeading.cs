using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>What is known of a column's time before columns are told apart by keys.</summary>
/// <param name="Year">The year; null when it could not be read.</param>
/// <param name="Month">The month of the last day; null when it is not printed.</param>
/// <param name="Day">The last day of the month; null when it is not printed.</param>
/// <param name="Months">The length; null when it is not printed.</param>
internal readonly record struct ColumnTime(int? Year, int? Month, int? Day, int? Months);

/// <summary>Reads the headings over the columns of a statement.</summary>
internal static partial class StatementHeading
{
    /// <summary>A share of the values of a column that tells its kind.</summary>
    private const double Most = 0.6;

    /// <summary>References to notes are small numbers.</summary>
    private const decimal LargestNote = 60;

    /// <summary>What each column is about; null for one that holds no values of a period: references to notes, percentages, changes.</summary>
    /// <param name="heading">The lines between the title and the first value.</param>
    /// <param name="columns">The columns, from left to right.</param>
    /// <param name="isBalance">True where columns stand for a day and not for a length of time.</param>
    public static IReadOnlyList<ColumnTime?> Read(IReadOnlyList<PrintedRow> heading, IReadOnlyList<StatementColumn> columns, bool isBalance)
    {
        var wanted = columns.Select((column, index) => !IsAside(heading, columns, index)).ToList();
        var kept = columns.Where((_, index) => wanted[index]).ToList();
        var lines = heading.Select(MentionsOf).Where(line => line.Count > 0).ToList();
        var years = PerColumn(lines, kept, mention => mention.Year is not null);
        var days = PerColumn(lines, kept, mention => mention.Month is not null);
        var lengths = isBalance ? new PeriodMention?[kept.Count] : PerColumn(lines, kept, mention => mention.Months is not null);
        var times = new Queue<ColumnTime>(kept.Select((_, at) => TimeOf(years[at], days[at], lengths[at])));
        return [.. wanted.Select(keep => keep ? times.Dequeue() : (ColumnTime?)null)];
    }

    /// <summary>True for a line that belongs to the heading: it names a time, a unit, or that figures were not audited.</summary>
    public static bool BelongsTo(PrintedRow row) => MentionsOf(row).Any(mention => mention.Year is not null || mention.Months is not null || mention.Day is not null) || Caption().IsMatch(row.Text);

    private static IReadOnlyList<PeriodMention> MentionsOf(PrintedRow row)
    {
        var size = row.Page.Tokens.Page.Size;
        return PeriodWords.Of([.. row.Words], size.Width > 0 ? size.Height / size.Width : 1);
    }

    private static ColumnTime TimeOf(PeriodMention? year, PeriodMention? day, PeriodMention? length)
    {
        // A full date of the column itself goes before the day that spans several columns.
        var dated = year is { Month: not null } ? year : day;
        return new ColumnTime(year?.Year, dated?.Month, dated?.Day, length?.Months ?? year?.Months);
    }

    /// <summary>One mention a column: in order where a line has one for each, the lowest such line first; else the nearest.</summary>
    private static PeriodMention?[] PerColumn(List<IReadOnlyList<PeriodMention>> lines, List<StatementColumn> columns, Func<PeriodMention, bool> says)
    {
        var telling = lines.Select(line => line.Where(says).ToList()).Where(line => line.Count > 0).ToList();
        if (columns.Count == 0 || telling.Count == 0)
        {
            return new PeriodMention?[columns.Count];
        }

        var full = telling.FindLast(line => line.Count == columns.Count);
        if (full is not null)
        {
            return [.. full.Select(mention => (PeriodMention?)mention)];
        }

        // A line of fewer spans several columns each; of more, it speaks of columns that are no periods.
        var fullest = telling.FindLast(line => line.Count > columns.Count) ?? telling.MaxBy(line => line.Count)!;
        return [.. columns.Select(column => (PeriodMention?)fullest.MinBy(mention => DistanceOf(mention, column)))];
    }

    private static double DistanceOf(PeriodMention mention, StatementColumn column) =>
        Math.Abs(mention.Center - ((column.Left + column.Edge) / 2));

    private static bool IsAside(IReadOnlyList<PrintedRow> heading, IReadOnlyList<StatementColumn> columns, int index)
    {
        var column = columns[index];
        if (column.Values.Count(piece => piece.IsPercent) > Most * column.Values.Count)
        {
            return true;
        }

        var over = OverColumn(heading, columns, index);
        var small = column.Values.Count(piece => piece.Value is > 0 and < LargestNote && piece.Value == decimal.Truncate(piece.Value) && !piece.Text.Contains(',', StringComparison.Ordinal));
        var isNote = index == 0 && columns.Count > 1 && small > Most * column.Values.Count && (NoteHead().IsMatch(over) || small == column.Values.Count);
        return isNote || ChangeHead().IsMatch(over);
    }

    /// <summary>The words that stand over a column alone.</summary>
    private static string OverColumn(IReadOnlyList<PrintedRow> heading, IReadOnlyList<StatementColumn> columns, int index)
    {
        var left = index > 0 ? (columns[index - 1].Edge + columns[index].Left) / 2 : columns[index].Left - 0.03;
        var right = index + 1 < columns.Count ? (columns[index].Edge + columns[index + 1].Left) / 2 : 1;
        return string.Join(' ', heading.SelectMany(row => row.Words).Where(word => word.Box.X >= left - 0.01 && word.Box.Right <= right + 0.01).Select(word => word.Text));
    }

    [GeneratedRegex(@"\bnotes?\b|\bref", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NoteHead();

    [GeneratedRegex(@"\bchange\b|\bvariance\b|\bincrease\b|\bdifference\b|%", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ChangeHead();

    [GeneratedRegex(@"^notes?$|\b(?:unaudited|audited|in (?:thousands|millions|billions)|thousands of|millions of|expressed in|except|restated|adjusted|ended|as of|as at|million|thousand)\b|[$\u20AC\u00A3\u00A5] ?m(?:n|illion)?\b|['\u2019]000\b|[$\u20AC\u00A3\u00A5]000\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Caption();
}
