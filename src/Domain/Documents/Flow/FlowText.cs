using System.Globalization;
using System.Text;

namespace Idp.Domain.Documents.Flow;

/// <summary>Makes texts ready to be set: what cannot be seen goes, and spaces are spaces.</summary>
public static class FlowText
{
    private const int TabStop = 8;

    /// <summary>How wide a tab is in text that is set in letters of different widths.</summary>
    private const string WideGap = "      ";

    /// <summary>The text without characters that nobody sees: they stand inside words and numbers, which could not be found with them. Line breaks and tabs stay.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format:
                    break;
                case UnicodeCategory.Control:
                    clean.Append(rune.Value is '\n' or '\t' ? (char)rune.Value : ' ');
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    clean.Append(' ');
                    break;
                default:
                    clean.Append(rune);
                    break;
            }
        }

        return clean.ToString();
    }

    /// <summary>Everything that a block says.</summary>
    public static IEnumerable<string> TextsOf(FlowBlock block) => block switch
    {
        FlowHeading heading => [heading.Text],
        FlowParagraph paragraph => [paragraph.Text],
        FlowItem item => [item.Marker, item.Text],
        FlowVerbatim verbatim => [verbatim.Text],
        FlowTable table => table.Rows.SelectMany(static row => row),
        _ => [],
    };

    /// <summary>A line with its tabs as spaces, each to the next column that is a multiple of eight.</summary>
    public static string ExpandTabs(string line)
    {
        if (!line.Contains('\t', StringComparison.Ordinal))
        {
            return line;
        }

        var expanded = new StringBuilder(line.Length * 2);
        foreach (var character in line)
        {
            _ = character == '\t' ? expanded.Append(' ', TabStop - (expanded.Length % TabStop)) : expanded.Append(character);
        }

        return expanded.ToString();
    }

    /// <summary>Breaks a text into lines that fit.</summary>
    /// <param name="text">What to break; line breaks in it stay.</param>
    /// <param name="font">The face.</param>
    /// <param name="size">The font's size in points.</param>
    /// <param name="width">Room for a line in points; a word that is longer is cut.</param>
    public static IEnumerable<string> Wrap(string text, FlowFont font, double size, double width)
    {
        foreach (var line in text.Split('\n'))
        {
            foreach (var fitting in WrapLine(line.Replace("\t", WideGap, StringComparison.Ordinal).TrimEnd(), font, size, width))
            {
                yield return fitting;
            }
        }
    }

    private static IEnumerable<string> WrapLine(string line, FlowFont font, double size, double width)
    {
        var (start, lastSpace, used, sinceSpace) = (0, -1, 0.0, 0.0);
        for (var at = 0; at < line.Length;)
        {
            var rune = Rune.GetRuneAt(line, at);
            var advance = FontMetrics.WidthOf(rune, font) * size / 1000;
            if (used + advance > width && at > start && rune.Value != ' ')
            {
                var end = lastSpace > start ? lastSpace : at;
                if (!string.IsNullOrWhiteSpace(line[start..end]))
                {
                    yield return line[start..end].TrimEnd();
                }

                used = lastSpace > start ? sinceSpace : 0;
                start = lastSpace > start ? lastSpace + 1 : at;
                (lastSpace, sinceSpace) = (-1, 0);
            }

            used += advance;
            sinceSpace += advance;
            if (rune.Value == ' ')
            {
                (lastSpace, sinceSpace) = (at, 0);
            }

            at += rune.Utf16SequenceLength;
        }

        yield return line[start..];
    }
}
