namespace Idp.Domain.Extraction;

/// <summary>Finds the cells that stand around a cell: the line below it, the lines that go on with it.</summary>
internal static class FormBlocks
{
    /// <summary>Left edges within this many line heights are one edge.</summary>
    private const double SameEdge = 1.0;

    private const int MostCaptionLines = 3;
    private const int LongestCaptionLine = 30;
    private const double ClosestCaptionLines = 0.75;
    private const double DoubleSpaced = 1.5;

    /// <summary>Lines searched below a cell; skew and dirt make extra lines.</summary>
    private const int LinesSearched = 5;

    /// <summary>The first cell below that stands in the caption's column and is no caption with a colon, or null.</summary>
    public static FormCell? Below(FormPage page, FormCell key, double furthest, HashSet<FormCell> used)
    {
        for (var line = key.Line + 1; line < page.Lines.Count && line <= key.Line + LinesSearched; line++)
        {
            foreach (var cell in page.Lines[line])
            {
                var gap = cell.Box.Y - key.Box.Bottom;
                if (gap > furthest * page.LineHeight || gap < -0.6 * page.LineHeight || !InColumn(page, key, cell))
                {
                    continue;
                }

                return cell.EndsWithColon || used.Contains(cell) ? null : cell;
            }
        }

        return null;
    }

    /// <summary>Cells to the right on the same line that stand close.</summary>
    public static IEnumerable<FormCell> SameLine(FormPage page, FormCell first, double widestGap, HashSet<FormCell> used)
    {
        var line = page.Lines[first.Line];
        var last = first;
        foreach (var cell in line.SkipWhile(cell => !ReferenceEquals(cell, first)).Skip(1))
        {
            if (cell.EndsWithColon || used.Contains(cell) || cell.Box.X - last.Box.Right > widestGap * page.Em)
            {
                yield break;
            }

            last = cell;
            yield return cell;
        }
    }

    /// <summary>The lines that go on with a value: same left edge, close below, no captions.</summary>
    public static IReadOnlyList<FormCell> Continuation(FormPage page, IReadOnlyList<FormCell> value, double closest, int mostLines, HashSet<FormCell> used)
    {
        var block = new List<FormCell>();
        var (left, bottom) = (value[0].Box.X, value.Max(cell => cell.Box.Bottom));
        var line = value.Max(cell => cell.Line);
        var lines = 0;
        for (var next = line + 1; next < page.Lines.Count && lines < mostLines; next++)
        {
            var starts = page.Lines[next].FirstOrDefault(cell => Math.Abs(cell.Box.X - left) < SameEdge * page.Em);
            var top = page.Lines[next].Min(cell => cell.Box.Y);
            // Typewritten entries are often double-spaced; nothing but the entry stands on such a line.
            var reach = starts is not null && ReferenceEquals(page.Lines[next][0], starts) && left > 0.25 ? closest * DoubleSpaced : closest;
            if (top - bottom > reach * page.LineHeight)
            {
                break;
            }

            if (page.Lines[next].Any(cell => cell.EndsWithColon && cell.Box.X < left + page.Em && cell.Box.Bottom > bottom))
            {
                break;
            }

            if (starts is null)
            {
                continue;
            }

            // A caption on the left of the line has this cell for its own value.
            var before = page.Lines[next].LastOrDefault(cell => cell.Box.X < left - (SameEdge * page.Em));
            if (before is not null && (used.Contains(before) || before.EndsWithColon || (Captions.LooksLikeCaption(before) && left - before.Box.Right < 0.4)))
            {
                break;
            }

            if (starts.EndsWithColon || used.Contains(starts) || starts.Box.Y - bottom > reach * page.LineHeight || starts.Box.Y < bottom - (0.7 * page.LineHeight))
            {
                break;
            }

            block.Add(starts);
            block.AddRange(SameLine(page, starts, 3, used));
            bottom = starts.Box.Bottom;
            lines++;
        }

        return block;
    }

    /// <summary>A caption may have begun on the lines above: same left edge, nothing beside it, close and in capitals.</summary>
    public static IReadOnlyList<FormCell> KeyWithLinesAbove(FormPage page, FormCell key, HashSet<FormCell> used)
    {
        List<FormCell> caption = [key];
        if (key.Text[0] is '(' && page.Lines[key.Line].LastOrDefault(cell => cell.Box.X < key.Box.X) is { EndsWithColon: false } before
            && Captions.LooksLikeCaption(before) && !used.Contains(before))
        {
            caption.Insert(0, before);
        }

        for (var line = key.Line - 1; line >= 0 && caption.Count < MostCaptionLines; line--)
        {
            if (page.Lines[line] is not [{ EndsWithColon: false } cell] || used.Contains(cell)
                || Math.Abs(cell.Box.X - caption[0].Box.X) > 0.5 * page.Em
                || caption[0].Box.Y - cell.Box.Bottom > ClosestCaptionLines * page.LineHeight
                || !Captions.IsCapitals(cell.Text) || !Captions.IsCapitals(key.Text) || cell.Text.Length > LongestCaptionLine)
            {
                break;
            }

            caption.Insert(0, cell);
        }

        return caption;
    }

    /// <summary>True when a caption stands on the left of a cell, which then is that caption's value, or when the cell has a value itself.</summary>
    public static bool HasCaptionBefore(FormPage page, FormCell cell)
    {
        var line = page.Lines[cell.Line];
        var index = line.TakeWhile(other => !ReferenceEquals(other, cell)).Count();
        return (index > 0 && line[index - 1].EndsWithColon)
            || (Captions.LooksLikeCaption(cell) && index + 1 < line.Count && !line[index + 1].EndsWithColon
                && line[index + 1].Box.X - cell.Box.Right > 2 * page.Em);
    }

    /// <summary>A unit of measure that stands apart from its figure.</summary>
    public static IEnumerable<FormCell> UnitAfter(FormPage page, FormCell cell)
    {
        var next = page.Lines[cell.Line].SkipWhile(other => !ReferenceEquals(other, cell)).Skip(1).FirstOrDefault();
        return next is not null && next.Text.Length <= 3 && next.Text.All(char.IsLetter) && cell.Text.Any(char.IsAsciiDigit)
            && next.Box.X - cell.Box.Right < 4 * page.Em ? [next] : [];
    }

    private static bool InColumn(FormPage page, FormCell key, FormCell cell) =>
        Math.Abs(cell.Box.X - key.Box.X) < 2 * page.Em || (cell.Box.X < key.Box.Right && cell.Box.Right > key.Box.X);
}
