using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>What a page is, as far as splitting goes.</summary>
internal enum PageRole
{
    /// <summary>It belongs to some account.</summary>
    Content,

    /// <summary>Nothing is printed on it, or only that it is blank.</summary>
    Blank,

    /// <summary>A sheet between two accounts.</summary>
    Separator,

    /// <summary>A cover, a transmittal, a fax sheet: something begins behind it.</summary>
    Cover,

    /// <summary>A table of contents, a checklist, an inventory.</summary>
    Contents,

    /// <summary>A notice that is about no account, such as a privacy notice.</summary>
    Notice,
}

/// <summary>What the words of a page tell about its place among the pages.</summary>
/// <param name="Role">What the page is.</param>
/// <param name="Counter">The printed page number within its paper; null when none is printed.</param>
/// <param name="Total">The printed number of pages of its paper; null when none is printed.</param>
/// <param name="SaysContinued">True when it says that it continues something.</param>
internal sealed partial record PageCues(PageRole Role, int? Counter, int? Total, bool SaysContinued)
{
    /// <summary>A page with fewer letters and digits than this is blank.</summary>
    private const int FewestCharacters = 4;

    private const int SeparatorWords = 14;

    /// <summary>A page with more lines shows more than a stamp.</summary>
    private const int StampLines = 2;

    private const int TitleLines = 5;

    /// <summary>True for a sheet that only goes with the papers of accounts.</summary>
    public bool IsCover => Role is PageRole.Cover or PageRole.Contents;

    /// <summary>True when the page is not the first of its paper.</summary>
    public bool Continues => Counter is > 1 || SaysContinued;

    /// <summary>Reads the cues of a page.</summary>
    public static PageCues Of(PageTokens page)
    {
        var texts = page.Layout.Select(line => line.Whole.Text).ToList();
        var counter = texts.Select((text, index) => (Text: text, Index: index))
            .Where(each => each.Index < 8 || each.Index >= texts.Count - 4)
            .Select(each => Counted().Match(each.Text))
            .FirstOrDefault(match => match.Success);
        int? number = counter is null ? null : int.Parse(counter.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        int? total = counter is null || !counter.Groups["m"].Success
            ? null
            : int.Parse(counter.Groups["m"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var continued = texts.Take(6).Any(text => Continued().IsMatch(text));
        return new PageCues(RoleOf(page, texts), number, total, continued);
    }

    private static PageRole RoleOf(PageTokens page, List<string> texts)
    {
        var sure = page.Page.Words.Where(word => word.Confidence.Value >= 0.3).ToList();
        var characters = sure.Sum(word => word.Text.Count(char.IsLetterOrDigit));
        if (page.Page.IsBlank || characters < FewestCharacters || (sure.Count <= SeparatorWords && texts.Any(text => BlankNote().IsMatch(text)))
            || (texts.Count <= StampLines && texts.Any(text => Stamp().IsMatch(text))))
        {
            return PageRole.Blank;
        }

        if (sure.Count <= SeparatorWords && texts.Any(text => SeparatorNote().IsMatch(text)))
        {
            return PageRole.Separator;
        }

        return CoverSheet.RoleOf(texts) ?? (texts.Take(TitleLines).Any(text => NoticeTitle().IsMatch(text)) ? PageRole.Notice : PageRole.Content);
    }

    [GeneratedRegex(
        @"(?:\b(?:page|pg|sheet)\b\.?\s*(?<n>[0-9]{1,3})(?:\s*(?:of|/)\s*(?<m>[0-9]{1,3}))?)(?:$|[^0-9/.,])|^\W*(?<n>[0-9]{1,3})\s*(?:of|/)\s*(?<m>[0-9]{1,3})\W*$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Counted();

    [GeneratedRegex(@"\(\s*cont(?:inued|'?d|\.)?\s*\)|\bcontinued (?:from|page)\b|^\s*continued\s*$|\bcont['’]d\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Continued();

    [GeneratedRegex(@"\b(?:intentionally|purposely|deliberately)\s+(?:left\s+)?blank\b|\bthis (?:page|side) (?:is )?(?:left )?blank\b|^\W*blank(?: page)?\W*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex BlankNote();

    /// <summary>The stamp of the mail room, alone on the back of a sheet.</summary>
    [GeneratedRegex(@"^\W*(?:received|scanned|imaged|indexed|filed|posted)\W+(?:[A-Za-z]{3,9}\.? [0-9]{1,2},? [0-9]{4}|[0-9]{1,2} [A-Za-z]{3,9}\.? [0-9]{4}|[0-9/.-]{6,10})\W*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Stamp();

    [GeneratedRegex(
        @"\b(?:next|new|end of) (?:account|loan|file|document|customer|borrower|record|packet|section)\b|\bseparator\b|\bdivider\b|\bpatch\s*(?:code|t|2|ii)?\b|\b(?:document|batch|file) break\b|\bstart of (?:account|document|file)\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex SeparatorNote();

    [GeneratedRegex(
        @"\bwhat do(?:es)? .{0,60}\bdo with your personal information\b|\bprivacy (?:notice|policy|statement|disclosure)\b|\bnotice of privacy\b|\bour privacy\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NoticeTitle();
}
