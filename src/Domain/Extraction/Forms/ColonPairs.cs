namespace Idp.Domain.Extraction;

/// <summary>Finds the values of captions that end with a colon: to the right, else below.</summary>
internal static class ColonPairs
{
    /// <summary>A value begins at most this share of the page's width after its caption.</summary>
    private const double FurthestRight = 0.4;

    /// <summary>Cells of one value stand at most this many line heights apart.</summary>
    private const double WidestGapInValue = 3;

    /// <summary>Lines of one value, or a caption and the value below it, are at most this many line heights apart.</summary>
    private const double ClosestLines = 1.1;

    private const double FurthestBelow = 1.8;
    private const int MostLines = 12;
    private const int FewestRecipients = 4;

    public static IEnumerable<PairCandidate> Find(FormPage page, HashSet<FormCell> used, HashSet<string> labels)
    {
        foreach (var line in page.Lines)
        {
            for (var index = 0; index < line.Count; index++)
            {
                if (line[index].EndsWithColon && !used.Contains(line[index]) && Captions.HasText(line[index]))
                {
                    var pair = RightOf(page, line, index, used) ?? BelowOf(page, line[index], used, labels);
                    if (pair is null)
                    {
                        continue;
                    }

                    used.UnionWith(pair.Value);
                    used.UnionWith(pair.Key);
                    foreach (var entry in Captions.IsCopies(pair.Key) ? Recipients(page, pair, used) : [pair])
                    {
                        yield return entry;
                    }
                }
            }
        }
    }

    /// <summary>A long distribution list is one pair a recipient; a short one is a single value.</summary>
    private static IEnumerable<PairCandidate> Recipients(FormPage page, PairCandidate pair, HashSet<FormCell> used)
    {
        var lines = pair.Value.Select(cell => cell.Line).Distinct().ToList();
        if (lines.Count < FewestRecipients)
        {
            return [pair];
        }

        var list = lines.SelectMany(line => page.Lines[line]).Where(cell => !cell.EndsWithColon && cell.Box.X >= pair.Value[0].Box.X - page.Em).ToList();
        used.UnionWith(list);
        return list.Select(cell => pair with { Value = [cell] });
    }

    private static PairCandidate? RightOf(FormPage page, IReadOnlyList<FormCell> line, int index, HashSet<FormCell> used)
    {
        var key = line[index];
        var value = new List<FormCell>();
        for (var next = index + 1; next < line.Count && !line[next].EndsWithColon && !used.Contains(line[next]); next++)
        {
            var gap = line[next].Box.X - (value.Count == 0 ? key : value[^1]).Box.Right;
            if (gap > (value.Count == 0 ? FurthestRight : WidestGapInValue * page.Em))
            {
                break;
            }

            value.Add(line[next]);
        }

        if (value.Count == 0)
        {
            return null;
        }

        value.AddRange(FormBlocks.Continuation(page, value, ClosestLines, MostLines, used));
        return new PairCandidate(page.Number, FormBlocks.KeyWithLinesAbove(page, key, used), value, PairLink.RightOfColon);
    }

    private static PairCandidate? BelowOf(FormPage page, FormCell key, HashSet<FormCell> used, HashSet<string> labels)
    {
        var first = FormBlocks.Below(page, key, FurthestBelow, used);
        if (first is null || Captions.IsCommon(first, labels) || FormBlocks.HasCaptionBefore(page, first))
        {
            return null;
        }

        var value = new List<FormCell> { first };
        value.AddRange(FormBlocks.SameLine(page, first, WidestGapInValue, used));
        value.AddRange(FormBlocks.Continuation(page, value, ClosestLines, MostLines, used));
        return new PairCandidate(page.Number, FormBlocks.KeyWithLinesAbove(page, key, used), value, PairLink.BelowColon);
    }
}
