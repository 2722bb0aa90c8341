namespace Idp.Domain.Extraction;

/// <summary>Finds entries whose caption has no colon and whose value stands to the right: on an underline, in a box, in a row.</summary>
internal static class CaptionPairs
{
    private const double FurthestRight = 0.45;

    /// <summary>Cells further apart than this many line heights are cells of their own.</summary>
    private const double SeparateCells = 2.5;

    /// <summary>Captions are printed, so that those read worse than this are mostly handwriting or dirt.</summary>
    private const double LeastConfidence = 0.5;

    private const double WellRead = 0.8;
    private const double ClosestLines = 1.0;
    private const int MostLines = 8;

    /// <summary>The evidence that a pair needs; see <see cref="Evidence"/>.</summary>
    private const int Enough = 3;

    public static IEnumerable<PairCandidate> Find(FormPage page, HashSet<FormCell> used, HashSet<string> labels)
    {
        var found = new List<PairCandidate>();
        foreach (var line in page.Lines)
        {
            for (var index = 0; index + 1 < line.Count; index++)
            {
                var (key, first) = (line[index], line[index + 1]);
                if (key.EndsWithColon || first.EndsWithColon || used.Contains(key) || used.Contains(first)
                    || !Captions.LooksLikeCaption(key) || first.Box.X - key.Box.Right > FurthestRight
                    || Evidence(page, key, first, labels) < Enough)
                {
                    continue;
                }

                var groups = Groups(page, line, index + 1, used, labels);
                var isRow = groups.Count > 1 && groups.TrueForAll(group => group.Exists(cell => cell.Text.Any(char.IsAsciiDigit)));
                foreach (var group in isRow ? groups : groups.Take(1))
                {
                    var value = isRow ? group : [.. group, .. FormBlocks.Continuation(page, group, ClosestLines, MostLines, used)];
                    found.Add(new PairCandidate(page.Number, [key], value, isRow ? PairLink.RowOfTable : PairLink.RightOfCaption));
                    if (!isRow)
                    {
                        used.UnionWith(value);
                    }
                }

                used.Add(key);
                index += isRow ? groups.Sum(group => group.Count) : groups[0].Count;
            }
        }

        return found;
    }

    /// <summary>Counts what speaks for a caption and its value, less what speaks against.</summary>
    internal static int Evidence(FormPage page, FormCell key, FormCell value, HashSet<string> labels)
    {
        var (capitalKey, capitalValue) = (Captions.IsCapitals(key.Text), Captions.IsCapitals(value.Text));
        return (value.FollowsBlank ? 3 : 0)
            + (Captions.IsCommon(key, labels) ? 2 : 0)
            + (value.Text.Any(char.IsAsciiDigit) ? 1 : 0)
            + (capitalKey && !capitalValue ? 1 : 0)
            - (capitalKey && capitalValue && !value.Text.Any(char.IsAsciiDigit) ? 1 : 0)
            - (LooseText.Difference(key.Text, value.Text) < 0.3 ? 3 : 0)
            - (key.WordConfidence < LeastConfidence ? 2 : 0)
            + (AlignedLines(page, key, value) >= 2 ? 2 : CaptionsAbove(page, key) >= 2 ? 1 : 0)
            + (page.Lines[key.Line] is [var only, _] && ReferenceEquals(only, key) && key.WordConfidence > WellRead ? 1 : 0)
            - (Captions.IsCommon(value, labels) ? 3 : 0)
            - (key.Run.Words.Count > 5 ? 1 : 0)
            - (value.Run.Words.Count > 8 && !value.FollowsBlank ? 1 : 0);
    }

    /// <summary>How many other lines have a caption and a value at the same left edges.</summary>
    private static int AlignedLines(FormPage page, FormCell key, FormCell value) => page.Lines.Count(line =>
        line.Count >= 2 && line[0].Line != key.Line
        && Math.Abs(line[0].Line - key.Line) < 20
        && line.Zip(line.Skip(1)).Any(pair =>
            Math.Abs(pair.First.Box.X - key.Box.X) < 0.7 * page.Em && Math.Abs(pair.Second.Box.X - value.Box.X) < 0.7 * page.Em
            && Captions.LooksLikeCaption(pair.First)));

    /// <summary>How many lines begin with a caption at the same left edge.</summary>
    private static int CaptionsAbove(FormPage page, FormCell key) => page.Lines.Count(line =>
        line[0].Line != key.Line && Math.Abs(line[0].Box.X - key.Box.X) < 0.5 * page.Em
        && Captions.IsCapitals(line[0].Text) == Captions.IsCapitals(key.Text)
        && line.Count >= 2 && (line[0].EndsWithColon || Captions.LooksLikeCaption(line[0])));

    private static List<List<FormCell>> Groups(FormPage page, IReadOnlyList<FormCell> line, int start, HashSet<FormCell> used, HashSet<string> labels)
    {
        var groups = new List<List<FormCell>> { new() { line[start] } };
        for (var index = start + 1; index < line.Count; index++)
        {
            var cell = line[index];
            if (cell.EndsWithColon || used.Contains(cell) || Captions.IsCommon(cell, labels)
                || (index + 1 < line.Count && line[index + 1].FollowsBlank))
            {
                break;
            }

            var isUnit = cell.Text.Length <= 3 && !cell.Text.Any(char.IsAsciiDigit) && groups[^1][^1].Text.Any(char.IsAsciiDigit);
            if (cell.Box.X - groups[^1][^1].Box.Right > SeparateCells * page.Em && !isUnit)
            {
                groups.Add([cell]);
            }
            else
            {
                groups[^1].Add(cell);
            }
        }

        return groups;
    }
}
