namespace Idp.Simulators.Recognition;

/// <summary>One line of text and the band of the page that it stands in, from the top in fractions of the height; a blank line has none.</summary>
internal sealed record WrittenLine(string Text, double? Top = null, double? Bottom = null);

/// <summary>Writes a page as text that keeps its layout: columns by spaces, gaps between lines by blank lines.</summary>
internal static class LayoutWriter
{
    private const int MostBlankLines = 5;

    /// <summary>The lines of a page.</summary>
    public static IReadOnlyList<WrittenLine> LinesOf(PrintedPage page)
    {
        if (page.Words.Count == 0)
        {
            return [];
        }

        var character = Median(page.Words.Select(static word => (word.Right - word.Left) / word.Text.Length));
        var pitch = Median(page.Words.Select(static word => word.Bottom - word.Top)) * 1.2;
        var lines = new List<WrittenLine>();
        var bottom = 0.0;
        foreach (var line in Grouped(page.Words))
        {
            var (top, end) = (line.Min(static word => word.Top), line.Max(static word => word.Bottom));
            var blank = lines.Count == 0 ? 0 : Math.Clamp((int)Math.Round((top - bottom) / pitch), 0, MostBlankLines);
            lines.AddRange(Enumerable.Repeat(new WrittenLine(string.Empty), blank));
            lines.Add(new WrittenLine(Written(line, character), top / page.Height, end / page.Height));
            bottom = end;
        }

        return lines;
    }

    /// <summary>The lines of a text of which nothing more is known, evenly spread over the page.</summary>
    public static IReadOnlyList<WrittenLine> LinesOf(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        return [.. lines.Select((line, index) => line.Trim().Length == 0
            ? new WrittenLine(string.Empty)
            : new WrittenLine(line.TrimEnd(), (index + 0.1) / lines.Length, (index + 0.9) / lines.Length))];
    }

    private static string Written(List<PlacedWord> line, double character)
    {
        var text = string.Empty;
        foreach (var word in line)
        {
            var column = Math.Max(text.Length == 0 ? 0 : text.Length + 1, (int)Math.Round(word.Left / character));
            text = text.PadRight(column) + word.Text;
        }

        return text;
    }

    private static IEnumerable<List<PlacedWord>> Grouped(IReadOnlyList<PlacedWord> words)
    {
        var lines = new List<List<PlacedWord>>();
        foreach (var word in words.OrderBy(static word => word.Top + word.Bottom))
        {
            var last = lines.Count > 0 ? lines[^1] : null;
            var centre = (word.Top + word.Bottom) / 2;
            if (last is not null && centre >= last[0].Top && centre <= last[0].Bottom)
            {
                last.Add(word);
            }
            else
            {
                lines.Add([word]);
            }
        }

        return lines.Select(static line => line.OrderBy(static word => word.Left).ToList());
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return Math.Max(sorted[sorted.Count / 2], 1e-6);
    }
}
