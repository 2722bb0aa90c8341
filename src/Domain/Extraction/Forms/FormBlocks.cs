namespace Idp.Domain.Extraction;

/// <summary>Finds the cells that stand around a cell: the line below it, the lines that go on with it.</summary>
internal static class FormBlocks
{
    /// <summary>Left edges within this many line heights are one edge.</summary>
    private const double SameEdge = 1.0;

    private const double DoubleSpaced = 1.5;

    /// <summary>Lines searched below a cell; skew and dirt make extra lines.</summary>
    private const int LinesSearched = 5;

    /// <summary>The first cell below that stands in the caption's column and is no caption with a colon, or null.</summary>
    public static FormCell? Below(FormPage page, FormCell key, double furthest)
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

                return cell.EndsWithColon ? null : cell;
            }
        }

        return null;
    }

    /// <summary>Cells to the right on the same line that stand close.</summary>
    public static IEnumerable<FormCell> SameLine(FormPage page, FormCell first, double widestGap)
    {
        var line = page.Lines[first.Line];
        var last = first;
        foreach (var cell in line.SkipWhile(cell => !ReferenceEquals(cell, first)).Skip(1))
        {
            if (cell.EndsWithColon || cell.Box.X - last.Box.Right > widestGap * page.Em)
            {
                yield break;
            }

            last = cell;
            yield return cell;
        }
    }

    /// <summary>The lines that go on with a value: same left edge, close below, no captions.</summary>
    public static IReadOnlyList<FormCell> Continuation(FormPage page, IReadOnlyList<FormCell> value, double closest, int mostLines)
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
            if (before is not null && (before.EndsWithColon || (Captions.LooksLikeCaption(before) && left - before.Box.Right < 0.4)))
            {
                break;
            }

            if (starts.EndsWithColon || starts.Box.Y - bottom > reach * page.LineHeight || starts.Box.Y < bottom - (0.7 * page.LineHeight))
            {
                break;
            }

            block.Add(starts);
            block.AddRange(SameLine(page, starts, 3));
            bottom = starts.Box.Bottom;
            lines++;
        }

        return block;
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
