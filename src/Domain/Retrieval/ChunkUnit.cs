using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>A piece of a document that is not divided any more.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Places">Where it is printed.</param>
/// <param name="Kind">What it is a piece of.</param>
/// <param name="Separator">What stands between it and the piece before.</param>
internal sealed record ChunkUnit(string Text, ValueList<TextPlace> Places, BlockKind Kind, string Separator)
{
    private const string NewBlock = "\n\n";

    /// <summary>About how many tokens it makes.</summary>
    public int Tokens { get; } = TokenCount.Estimate(Text) + 1;

    /// <summary>True for running text, of which the next chunk may repeat the end.</summary>
    public bool IsRunningText => Kind == BlockKind.Paragraph;

    /// <summary>A block as pieces of at most so many tokens: whole where it fits, else sentences or rows, and words where even those are too long.</summary>
    public static IEnumerable<ChunkUnit> Of(TextBlock block, int tokens)
    {
        var whole = Whole(block, block.Kind == BlockKind.ListItem ? "\n" : NewBlock);
        if (whole.Tokens <= tokens)
        {
            return [whole];
        }

        return block.Kind == BlockKind.Table ? Rows(block, tokens) : Sentences(block, new TextSpan(0, block.Text.Length), NewBlock, tokens);
    }

    /// <summary>The last sentences of at most so many tokens; null when the last one is longer.</summary>
    public ChunkUnit? End(int tokens)
    {
        ChunkUnit? end = null;
        foreach (var sentence in TextSentences.Sentences(Text, new TextSpan(0, Text.Length)).Reverse())
        {
            var longer = new ChunkUnit(Text[sentence.Start..], TextBlock.PlacesWithin(Places, sentence.Start, Text.Length - sentence.Start), Kind, NewBlock);
            if (longer.Tokens > tokens)
            {
                break;
            }

            end = longer;
        }

        return end;
    }

    private static ChunkUnit Whole(TextBlock block, string separator) => new(block.Text, block.Places, block.Kind, separator);

    private static IEnumerable<ChunkUnit> Sentences(TextBlock block, TextSpan part, string separator, int tokens)
    {
        foreach (var sentence in TextSentences.Sentences(block.Text, part))
        {
            var unit = Whole(block.Part(sentence.Start, sentence.Length), separator);
            foreach (var piece in unit.Tokens <= tokens ? [unit] : Words(block, sentence, separator, tokens))
            {
                yield return piece;
            }

            separator = " ";
        }
    }

    private static IEnumerable<ChunkUnit> Words(TextBlock block, TextSpan part, string separator, int tokens)
    {
        // A character makes at most three tokens by the estimate, so that pieces of a third always fit; longer ones are tried first.
        for (var start = part.Start; start < part.End;)
        {
            var length = Math.Min(part.End - start, tokens * 5);
            while (length > 1 && TokenCount.Estimate(block.Text.Substring(start, length)) + 1 > tokens)
            {
                length = Math.Max(1, length * 3 / 4);
            }

            var end = start + length;
            if (end < part.End && block.Text.LastIndexOf(' ', end - 1, length) is var space && space > start)
            {
                end = space + 1;
            }
            else if (end < part.End && char.IsHighSurrogate(block.Text[end - 1]) && end - start > 1)
            {
                end--;
            }

            var text = block.Text[start..end].TrimEnd();
            if (text.Length > 0)
            {
                yield return Whole(block.Part(start, text.Length), separator);
                separator = " ";
            }

            start = end;
        }
    }

    /// <summary>Groups of rows, each under the table's header.</summary>
    private static IEnumerable<ChunkUnit> Rows(TextBlock table, int tokens)
    {
        var lines = LinesOf(table.Text);
        var header = lines.Count > 2 ? table.Part(0, lines[1].End) : null;
        var headerTokens = header is null ? 0 : TokenCount.Estimate(header.Text) + 1;
        if (headerTokens * 3 > tokens)
        {
            (header, headerTokens) = (null, 0);
        }

        var first = header is null ? 0 : 2;
        for (var row = first; row < lines.Count;)
        {
            var (end, used) = (row, headerTokens);
            while (end < lines.Count && used + TokenCount.Estimate(lines[end].In(table.Text)) + 2 <= tokens)
            {
                used += TokenCount.Estimate(lines[end].In(table.Text)) + 2;
                end++;
            }

            if (end == row)
            {
                foreach (var piece in Words(table, lines[row], NewBlock, tokens))
                {
                    yield return piece;
                }

                row++;
                continue;
            }

            var rows = table.Part(lines[row].Start, lines[end - 1].End - lines[row].Start);
            var text = new PlacedText();
            if (header is not null)
            {
                text.Add(header.Text, header.Places);
                text.AddMarks("\n");
            }

            text.Add(rows.Text, rows.Places);
            yield return Whole(text.ToBlock(BlockKind.Table), NewBlock);
            row = end;
        }
    }

    private static List<TextSpan> LinesOf(string text)
    {
        var lines = new List<TextSpan>();
        for (var start = 0; start <= text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            lines.Add(new TextSpan(start, end - start));
            start = end + 1;
        }

        return lines;
    }
}
