using System.Text.RegularExpressions;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A line of a page whose text remembers which word each character comes from.</summary>
/// <param name="Page">The page's number, from 1.</param>
/// <param name="Run">The words of the line.</param>
/// <param name="Folded">The text after <see cref="LooseText.Fold"/>.</param>
internal sealed record PrintedLine(int Page, TextRun Run, string Folded)
{
    private const int LongestLine = 600;
    private const int LongestWord = 60;
    private const int MostWords = 60;

    /// <summary>The words, joined by single spaces.</summary>
    public string Text => Run.Text;

    /// <summary>Where the line stands.</summary>
    public Box Box => Run.Box;

    /// <summary>All lines of the pages, page after page, from top to bottom.</summary>
    public static IReadOnlyList<PrintedLine> Of(IEnumerable<Page> pages) =>
        [.. pages.SelectMany(page => PageLayout.LinesOf(page).Select(line => Of(page.Number, line.Whole)))];

    /// <summary>Makes a line of a run; of a line without end, its beginning, so that hostile pages cost no more than others.</summary>
    public static PrintedLine Of(int page, TextRun run)
    {
        var bounded = run.Text.Length <= LongestLine ? run : TextRun.Of([.. run.Words.Take(MostWords).Select(Shortened)]);
        return new PrintedLine(page, bounded, LooseText.Fold(bounded.Text));
    }

    private static Word Shortened(Word word) => word.Text.Length <= LongestWord ? word : word with { Text = word.Text[..LongestWord] };

    /// <summary>The words that a match of a pattern on <see cref="Text"/> touches.</summary>
    public TextRun Covered(Capture match) => Covered(match.Index, match.Length);

    /// <summary>The words that a stretch of <see cref="Text"/> touches; the stretch must not be empty.</summary>
    public TextRun Covered(int start, int length)
    {
        var words = new List<Word>();
        var offset = 0;
        foreach (var word in Run.Words)
        {
            if (offset < start + length && offset + word.Text.Length > start)
            {
                words.Add(word);
            }

            offset += word.Text.Length + 1;
        }

        return TextRun.Of(words);
    }

    /// <summary>The proof that a run stands on this line.</summary>
    public Evidence Proof(TextRun run) => new(Page, run.Text, [run.Box]);

    /// <summary>How well the words of a run were recognised, on average.</summary>
    public static double WordConfidence(TextRun run) => run.Words.Average(word => word.Confidence.Value);
}
