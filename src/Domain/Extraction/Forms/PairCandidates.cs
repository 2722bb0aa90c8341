namespace Idp.Domain.Extraction;

/// <summary>Lists every pair that the cells of a page could make; <see cref="PairEvidence"/> tells the likely ones from the others.</summary>
internal static class PairCandidates
{
    /// <summary>A value begins at most this share of the page's width after its caption.</summary>
    private const double FurthestRight = 0.5;

    /// <summary>Cells of one value stand at most this many line heights apart.</summary>
    private const double WidestGapInValue = 3;

    /// <summary>A value begins at most this many line heights below its caption.</summary>
    private const double FurthestBelow = 2.6;

    /// <summary>Lines of one value are at most this many line heights apart.</summary>
    private const double ClosestLines = 1.0;

    private const int MostLines = 12;

    /// <summary>Longer cells are running text.</summary>
    private const int MostKeyWords = 10;

    private const int MostCaptionLines = 3;
    private const double ClosestCaptionLines = 0.9;

    public static IEnumerable<PairCandidate> Of(FormView view) => BetweenCells(view).Concat(JoinedOf(view))
        .Concat(TablePairs.Find(view.Page)).Concat(ColumnPairs.Find(view.Page));

    private static IEnumerable<PairCandidate> BetweenCells(FormView view)
    {
        foreach (var key in view.Page.Lines.SelectMany(line => line).Where(cell => CanBeKey(view, cell)))
        {
            foreach (var caption in Keys(view, key))
            {
                foreach (var (value, link) in RightOf(view, key).Concat(BelowOf(view, caption)))
                {
                    yield return new PairCandidate(view.Page.Number, caption, value, link);
                }
            }

            foreach (var value in RowOf(view, key))
            {
                yield return new PairCandidate(view.Page.Number, [key], value, PairLink.RowOfTable);
            }
        }
    }

    /// <summary>Caption and value in one cell, alone and with the lines that go on with the value.</summary>
    private static IEnumerable<PairCandidate> JoinedOf(FormView view)
    {
        foreach (var (key, first) in view.Joined.Where(joined => CanBeKey(view, joined.Key)))
        {
            yield return new PairCandidate(view.Page.Number, [key], [first], PairLink.Joined);
            var more = FormBlocks.Continuation(view.Page, [first], ClosestLines, MostLines);
            if (more.Count > 0)
            {
                yield return new PairCandidate(view.Page.Number, [key], [first, .. more], PairLink.Joined);
            }
        }
    }

    private static bool CanBeKey(FormView view, FormCell cell) =>
        cell.Run.Words.Count <= MostKeyWords && (cell.EndsWithColon ? Captions.HasText(cell) : view[cell].Letters >= 2 && view[cell].Letters > view[cell].Digits);

    /// <summary>The caption alone, and with the lines that it may begin or end on.</summary>
    private static IEnumerable<IReadOnlyList<FormCell>> Keys(FormView view, FormCell key)
    {
        yield return [key];
        List<FormCell> caption = [key];
        var line = key.Line - 1;
        while (line >= 0 && caption.Count < MostCaptionLines
            && view.InColumn(line, caption[0]) is { EndsWithColon: false } above && view[above].IsCaption
            && view.Gap(above, caption[0]) < ClosestCaptionLines)
        {
            caption.Insert(0, above);
            yield return [.. caption];
            line--;
        }

        if (key.Text[0] is '(' && view[key].Index > 0 && view.Page.Lines[key.Line][view[key].Index - 1] is { EndsWithColon: false } before)
        {
            yield return [before, key];
        }
    }

    /// <summary>What stands to the right: the next cell, all cells close to it, and the lines that go on with them.</summary>
    private static IEnumerable<(IReadOnlyList<FormCell> Value, PairLink Link)> RightOf(FormView view, FormCell key)
    {
        var line = view.Page.Lines[key.Line];
        var next = view[key].Index + 1;
        if (next >= line.Count || line[next].EndsWithColon || view.HeadsFigures(line[next]) || line[next].Box.X - key.Box.Right > FurthestRight)
        {
            yield break;
        }

        var link = key.EndsWithColon ? PairLink.RightOfColon : PairLink.RightOfCaption;
        foreach (var value in Values(view, line[next]))
        {
            yield return (value, link);
        }
    }

    private static IEnumerable<(IReadOnlyList<FormCell> Value, PairLink Link)> BelowOf(FormView view, IReadOnlyList<FormCell> caption)
    {
        if (FormBlocks.Below(view.Page, caption[^1], FurthestBelow) is not { } first)
        {
            yield break;
        }

        var link = caption[^1].EndsWithColon ? PairLink.BelowColon : PairLink.BelowCaption;
        foreach (var value in Values(view, first))
        {
            yield return (value, link);
        }
    }

    /// <summary>The values that can begin with a cell, from the shortest to the longest.</summary>
    private static IEnumerable<IReadOnlyList<FormCell>> Values(FormView view, FormCell first)
    {
        yield return [first];
        List<FormCell> line = [first, .. FormBlocks.SameLine(view.Page, first, WidestGapInValue)];
        if (line.Count > 1)
        {
            yield return line;
        }

        var more = FormBlocks.Continuation(view.Page, line, ClosestLines, MostLines);
        if (more.Count > 0)
        {
            yield return [.. line, .. more];
        }
    }

    /// <summary>The cells of a row behind its label, each a value of its own.</summary>
    private static IEnumerable<IReadOnlyList<FormCell>> RowOf(FormView view, FormCell label)
    {
        var behind = view.Page.Lines[label.Line].Skip(view[label].Index + 1).TakeWhile(cell => !cell.EndsWithColon && !view.HeadsFigures(cell)).ToList();
        return behind.Count < 2 ? [] : behind.Select(cell => (IReadOnlyList<FormCell>)[cell, .. FormBlocks.UnitAfter(view.Page, cell)]);
    }
}
