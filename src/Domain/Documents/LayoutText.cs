using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>The height at which a numbered line stands.</summary>
/// <param name="Top">Its upper edge, 0 to 1 of the page's height.</param>
/// <param name="Bottom">Its lower edge; not above the upper one.</param>
public readonly record struct LineBand(double Top, double Bottom);

/// <summary>Makes pages of text that keeps its layout: columns by spaces, a printed line a line, pages one after the other.</summary>
public static partial class LayoutText
{
    /// <summary>What services end pages with that do not know the separator asked for.</summary>
    private const string UsualSeparator = "<<<";

    /// <summary>Blank on each side of a page, as far as nothing else is known.</summary>
    private const double Margin = 0.05;

    /// <summary>Text that is narrower than this fills the left of the page alone.</summary>
    private const int FewestColumns = 80;

    /// <summary>A page with fewer lines than this is not filled to its foot.</summary>
    private const int FewestRows = 40;

    /// <summary>The share of a row that letters cover.</summary>
    private const double LetterHeight = 0.8;

    /// <summary>Of words of which the service says nothing; it tells only what it doubts.</summary>
    private static readonly Confidence Undoubted = new(0.9);

    /// <summary>Cuts a text into pages.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="separator">What was asked for as a line between pages; where it is not found, <c>&lt;&lt;&lt;</c> and then form feeds are looked for.</param>
    /// <param name="count">How many pages there must be.</param>
    /// <returns>The texts of the pages, or null where the text has another number of pages, so that nobody knows which is which.</returns>
    public static ValueList<string>? PagesOf(string text, string separator, int count)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return new[] { CutAt(lines, separator), CutAt(lines, UsualSeparator), [.. string.Join('\n', lines).Split('\f').Select(page => WithoutSeparator(page, separator))] }
            .Select(parts => Fitted(parts, count)).FirstOrDefault(static pages => pages is not null);
    }

    /// <summary>Makes a page of its text.</summary>
    /// <param name="page">Number, size and rotation; everything else is replaced.</param>
    /// <param name="text">The page's text.</param>
    /// <param name="bands">Where numbered lines stand; lines without number or band are put where the grid of the text has them. Null when lines have no numbers.</param>
    /// <returns>The page, whose boxes are estimated: across by the columns of the text, and down by its rows where there is no band.</returns>
    public static Page ToPage(Page page, string text, IReadOnlyDictionary<int, LineBand>? bands)
    {
        var rows = text.Replace("\f", string.Empty, StringComparison.Ordinal).TrimEnd().Split('\n').Select(row => RowOf(row, bands)).ToList();
        var columns = Math.Max(FewestColumns, rows.Max(static row => row.Text.Length));
        var pitch = (1 - (2 * Margin)) / Math.Max(FewestRows, rows.Count);
        var lines = rows
            .Select((row, index) => WordsOf(row.Text, columns, row.Band ?? new LineBand(Margin + (index * pitch), Margin + ((index + LetterHeight) * pitch))))
            .Where(static line => line.Count > 0).ToList();
        return page with
        {
            Source = PageSource.Ocr,
            IsBlank = lines.Count == 0,
            Words = lines.SelectMany(static line => line).ToValueList(),
            Text = string.Join('\n', lines.Select(static line => string.Join(' ', line.Select(static word => word.Text)))),
            HasEstimatedBoxes = true,
        };
    }

    private static List<string> CutAt(string[] lines, string separator)
    {
        var pages = new List<string>();
        var begin = 0;
        for (var at = 0; at <= lines.Length; at++)
        {
            if (at == lines.Length || lines[at].Trim() == separator)
            {
                pages.Add(string.Join('\n', lines[begin..at]));
                begin = at + 1;
            }
        }

        return pages;
    }

    /// <summary>A page that a form feed ends may have a separator above it.</summary>
    private static string WithoutSeparator(string page, string separator)
    {
        var text = page.TrimEnd();
        var last = text[(text.LastIndexOf('\n') + 1)..].Trim();
        return last == separator || last == UsualSeparator ? text[..^last.Length] : page;
    }

    /// <summary>Separators end pages: what is blank behind the last one is no page, so that a page that is missing is never taken for a blank one.</summary>
    private static ValueList<string>? Fitted(List<string> parts, int count)
    {
        var pages = parts.Count > 1 && string.IsNullOrWhiteSpace(parts[^1]) ? parts[..^1] : parts;
        return pages.Count == count ? pages.ToValueList() : null;
    }

    private static (string Text, LineBand? Band) RowOf(string row, IReadOnlyDictionary<int, LineBand>? bands)
    {
        if (bands is null || Numbered().Match(row) is not { Success: true } match)
        {
            return (row, null);
        }

        var number = int.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return (row[match.Length..], bands.TryGetValue(number, out var band) && band.Bottom > band.Top ? band : null);
    }

    private static List<Word> WordsOf(string row, int columns, LineBand band)
    {
        var words = new List<Word>();
        var width = (1 - (2 * Margin)) / columns;
        for (var at = 0; at < row.Length; at++)
        {
            if (char.IsWhiteSpace(row[at]))
            {
                continue;
            }

            var begin = at;
            while (at < row.Length && !char.IsWhiteSpace(row[at]))
            {
                at++;
            }

            words.Add(new Word(row[begin..at], Box.FromEdges(Margin + (begin * width), band.Top, Margin + (at * width), band.Bottom), Undoubted));
        }

        return words;
    }

    /// <summary>A hexadecimal number before a line, such as <c>0x1F: </c>.</summary>
    [GeneratedRegex("^[ ]{0,8}0x([0-9A-Fa-f]{1,7}): ?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
