using System.Collections.Frozen;
using Idp.Domain.Documents;

namespace Idp.Domain.Retrieval;

/// <summary>What cleaning one page needs to know of all pages.</summary>
/// <param name="Running">Lines that are left out.</param>
/// <param name="BodyHeight">The height of ordinary text, in points; 0 for a document without words.</param>
/// <param name="Vocabulary">The document's words that stand within lines, in lower case: they tell how words are written that break at line ends.</param>
public sealed record CleaningContext(IReadOnlySet<RunningLine> Running, double BodyHeight, IReadOnlySet<string> Vocabulary)
{
    /// <summary>Looks at all pages of a document.</summary>
    public static CleaningContext Of(IReadOnlyList<Page> pages) => new(RunningLines.Of(pages), BodyHeightOf(pages), VocabularyOf(pages));

    private static double BodyHeightOf(IReadOnlyList<Page> pages)
    {
        var heights = pages.SelectMany(static page => page.Words.Select(word => (Height: word.Box.Height * page.Size.Height, Weight: word.Text.Length)))
            .OrderBy(static word => word.Height).ToList();
        var half = heights.Sum(static word => (long)word.Weight) / 2;
        foreach (var (height, weight) in heights)
        {
            half -= weight;
            if (half <= 0)
            {
                return height;
            }
        }

        return 0;
    }

    private static FrozenSet<string> VocabularyOf(IReadOnlyList<Page> pages) => pages
        .SelectMany(static page => page.Words)
        .Select(static word => PrintedText.Of(word.Text).ToLowerInvariant().Trim('.', ',', ';', ':', '(', ')', '"', '\''))
        .Where(static word => word.Length > 2 && !word.EndsWith('-'))
        .ToFrozenSet(StringComparer.Ordinal);
}
