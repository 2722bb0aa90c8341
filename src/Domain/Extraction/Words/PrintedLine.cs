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
    /// <summary>The words, joined by single spaces.</summary>
    public string Text => Run.Text;

    /// <summary>Where the line stands.</summary>
    public Box Box => Run.Box;

    /// <summary>All lines of the pages, page after page, from top to bottom.</summary>
    public static IReadOnlyList<PrintedLine> Of(IEnumerable<Page> pages) =>
        [.. pages.SelectMany(page => PageLayout.LinesOf(page).Select(line => Of(page.Number, line.Whole)))];

    /// <summary>Makes a line of a run.</summary>
    public static PrintedLine Of(int page, TextRun run) => new(page, run, LooseText.Fold(run.Text));

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
