using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>Something that a heading says about the time of its columns.</summary>
/// <param name="Left">Its left edge, 0 to 1.</param>
/// <param name="Right">Its right edge, 0 to 1.</param>
/// <param name="Year">The year; null when it is not said.</param>
/// <param name="Month">The month, 1 to 12; null when it is not said.</param>
/// <param name="Day">The day; null when it is not said.</param>
/// <param name="Months">A length in months; null when it is not said.</param>
internal readonly record struct PeriodMention(double Left, double Right, int? Year, int? Month, int? Day, int? Months)
{
    /// <summary>The middle.</summary>
    public double Center => (Left + Right) / 2;
}

/// <summary>Reads days, months, years and lengths of time out of the words of a heading.</summary>
internal static partial class PeriodWords
{
    /// <summary>Words of one date stand closer than this many of their heights.</summary>
    private const double DateGap = 2.2;

    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
    };

    /// <summary>Every mention of a line, from left to right.</summary>
    /// <param name="words">The words of the line, from left to right.</param>
    /// <param name="aspect">Height of the page through its width.</param>
    public static IReadOnlyList<PeriodMention> Of(IReadOnlyList<Word> words, double aspect)
    {
        var mentions = new List<PeriodMention>();
        for (var at = 0; at < words.Count;)
        {
            var (mention, length) = At(words, at, aspect);
            if (mention is { } found)
            {
                mentions.Add(found);
            }

            at += Math.Max(1, length);
        }

        return mentions;
    }

    private static (PeriodMention? Mention, int Length) At(IReadOnlyList<Word> words, int at, double aspect)
    {
        var text = Plain(words[at].Text);
        return LengthAt(words, at) is { } length ? length
            : QuarterOf(text) is { } quarter ? (Mention(words, at, 1, quarter.Year, quarter.Month, null, quarter.Months), 1)
            : DateNormalizer.MonthOf(text) is > 0 and var month ? MonthAt(words, at, month, aspect)
            : DayFirst(words, at, aspect) is { } dayFirst ? dayFirst
            : MonthAndYear().Match(text) is { Success: true } brief && DateNormalizer.MonthOf(brief.Groups["month"].Value) is > 0 and var named
                ? (Mention(words, at, 1, DateNormalizer.FullYear(brief.Groups["year"].Value), named, DayIn(brief), null), 1)
            : NumericDate().IsMatch(text) && DateNormalizer.TryRead(text, text.Contains('/', StringComparison.Ordinal) ? DateOrder.MonthFirst : DateOrder.DayFirst, out var date)
                ? (Mention(words, at, 1, date.Year, date.Month, date.Day, null), 1)
            : LinePiece.YearOf(words[at].Text) is { } year ? (Mention(words, at, 1, year, null, null, null), 1)
            : (null, 1);
    }

    /// <summary>"Three months", "26 weeks", "years ended", "quarter ended", "half-year".</summary>
    private static (PeriodMention? Mention, int Length)? LengthAt(IReadOnlyList<Word> words, int at)
    {
        var text = Plain(words[at].Text);
        var parts = text.Split('-', StringSplitOptions.RemoveEmptyEntries);
        var number = NumberOf(text) ?? (parts.Length == 2 ? NumberOf(parts[0]) : null);
        if (number is { } count && at + 1 < words.Count)
        {
            var second = parts.Length == 2 && UnitOf(parts[1]) is not null ? 0 : 1;
            var tens = count >= 20 && count % 10 == 0 && second == 1 && NumberOf(Plain(words[at + 1].Text)) is < 10 and var ones ? ones : (int?)null;
            second += tens is null ? 0 : 1;
            var compound = parts.Length == 2 && NumberOf(parts[1]) is < 10 and var unit ? unit : 0;
            if (at + second < words.Count && UnitOf(second == 0 ? parts[1] : Plain(words[at + second].Text)) is { } inMonths)
            {
                var length = second + 1 + (at + second + 1 < words.Count && Ended().IsMatch(Plain(words[at + second + 1].Text)) ? 1 : 0);
                return (Mention(words, at, length, null, null, null, MonthsIn(count + (tens ?? 0) + compound, inMonths)), length);
            }

            return null;
        }

        if (WholePeriod().Match(text) is { Success: true } whole && at + 1 < words.Count)
        {
            var next = Plain(words[at + 1].Text);
            var ended = Ended().IsMatch(next) || next is "to";
            var months = whole.Groups["quarter"].Success ? 3 : whole.Groups["half"].Success ? 6 : 12;
            return ended || whole.Groups["half"].Success ? (Mention(words, at, ended ? 2 : 1, null, null, null, months), ended ? 2 : 1) : null;
        }

        return null;
    }

    private static (PeriodMention? Mention, int Length) MonthAt(IReadOnlyList<Word> words, int at, int month, double aspect)
    {
        var day = at + 1 < words.Count && IsNear(words, at, aspect) ? DayOf(Plain(words[at + 1].Text)) : null;
        if (day is null)
        {
            return at + 1 < words.Count && IsNear(words, at, aspect) && LinePiece.YearOf(words[at + 1].Text) is { } own
                ? (Mention(words, at, 2, own, month, null, null), 2)
                : (Mention(words, at, 1, null, month, null, null), 1);
        }

        var year = at + 2 < words.Count && IsNear(words, at + 1, aspect) ? LinePiece.YearOf(words[at + 2].Text) : null;
        return (Mention(words, at, year is null ? 2 : 3, year, month, day, null), year is null ? 2 : 3);
    }

    private static (PeriodMention? Mention, int Length)? DayFirst(IReadOnlyList<Word> words, int at, double aspect)
    {
        if (at + 1 >= words.Count || DayOf(Plain(words[at].Text)) is not { } day || DateNormalizer.MonthOf(Plain(words[at + 1].Text)) is not (> 0 and var month)
            || !IsNear(words, at, aspect) || (at + 2 < words.Count && words[at + 1].Text.EndsWith(',') is false && DayOf(Plain(words[at + 2].Text)) is not null && IsNear(words, at + 1, aspect) && LinePiece.YearOf(words[at + 2].Text) is null))
        {
            return null;
        }

        var year = at + 2 < words.Count && IsNear(words, at + 1, aspect) ? LinePiece.YearOf(words[at + 2].Text) : null;
        return (Mention(words, at, year is null ? 2 : 3, year, month, day, null), year is null ? 2 : 3);
    }

    private static PeriodMention Mention(IReadOnlyList<Word> words, int at, int length, int? year, int? month, int? day, int? months) =>
        new(words[at].Box.X, words[at + length - 1].Box.Right, year, month, day, months);

    private static bool IsNear(IReadOnlyList<Word> words, int at, double aspect) =>
        words[at + 1].Box.X - words[at].Box.Right < DateGap * Math.Max(words[at].Box.Height, words[at + 1].Box.Height) * aspect;

    private static int? DayOf(string text)
    {
        var digits = Day().Match(text);
        return digits.Success && int.Parse(digits.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= 31 and var day ? day : null;
    }

    private static int? DayIn(Match match) => match.Groups["day"].Success ? int.Parse(match.Groups["day"].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static int? NumberOf(string text) => Numbers.TryGetValue(text, out var number) ? number
        : text.Length is 1 or 2 && text.All(char.IsAsciiDigit) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>How many months a unit has; weeks are counted as a quarter of a month each and rounded later.</summary>
    private static double? UnitOf(string text) => text switch
    {
        "month" or "months" or "mos" => 1,
        "week" or "weeks" => 12 / 52.0,
        "quarter" or "quarters" => 3,
        "year" or "years" => 12,
        _ => null,
    };

    private static int MonthsIn(int count, double unit) => Math.Max(1, (int)Math.Round(count * unit, MidpointRounding.AwayFromZero));

    private static (int Year, int? Month, int Months)? QuarterOf(string text)
    {
        var match = Quarter().Match(text);
        return match.Success
            ? (DateNormalizer.FullYear(match.Groups["year"].Value), null, match.Groups["half"].Success ? 6 : 3)
            : null;
    }

    private static string Plain(string word) => word.Trim(' ', ',', '.', ':', ';', '(', ')', '*', '|', '_', '\'', '"', '`', '[', ']').ToLowerInvariant();

    [GeneratedRegex("^(?:ended|ending|end)$", RegexOptions.NonBacktracking)]
    private static partial Regex Ended();

    [GeneratedRegex("^(?:(?<year>years?|twelve-months?)|(?<quarter>quarters?)|(?<half>half-years?|half))$", RegexOptions.NonBacktracking)]
    private static partial Regex WholePeriod();

    [GeneratedRegex(@"^([0-9]{1,2})(?:st|nd|rd|th)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Day();

    [GeneratedRegex(@"^(?:(?<day>[0-9]{1,2})[-/.])?(?<month>[a-z]{3,9})[-/.'](?<year>[0-9]{4}|[0-9]{2})$", RegexOptions.NonBacktracking)]
    private static partial Regex MonthAndYear();

    [GeneratedRegex(@"^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}$", RegexOptions.NonBacktracking)]
    private static partial Regex NumericDate();

    [GeneratedRegex(@"^(?:(?:q[1-4]|[1-4]q|(?<half>h[12]|[12]h|hy))[-']?(?<year>[0-9]{4}|[0-9]{2}))$", RegexOptions.NonBacktracking)]
    private static partial Regex Quarter();
}
