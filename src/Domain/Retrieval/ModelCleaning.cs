using System.Runtime.InteropServices;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>
/// Lets a model point at what is no content on cleaned pages, by leaving it out of a page that it was asked to clean. Nothing of what it writes is taken over, and a block goes only where nothing
/// is lost with it, whatever the model says: no table and no entry of a list, nothing long, and nothing that is not said elsewhere as well, of which figures have to be said in the same words.
/// </summary>
public static class ModelCleaning
{
    /// <summary>What is longer, in characters, is content.</summary>
    private const int LongestSpare = 200;

    /// <summary>A model that leaves out more of a page, by words, has not cleaned it.</summary>
    private const double MostLeftOut = 0.5;

    /// <summary>The pages with blocks that could go; there is no need to ask about others.</summary>
    public static IEnumerable<CleanedPage> Doubtful(IReadOnlyList<CleanedPage> pages)
    {
        var said = Said.On(pages);
        return pages.Where(page => page.Blocks.Any(said.IsSpare));
    }

    /// <summary>The pages without what a model left out and can be done without.</summary>
    /// <param name="pages">All pages of the document.</param>
    /// <param name="claimed">The pages that a model cleaned, as text; others stay as they are.</param>
    public static ValueList<CleanedPage> Apply(IReadOnlyList<CleanedPage> pages, IReadOnlyDictionary<int, string> claimed)
    {
        var said = Said.On(pages);
        return pages.Select(page => claimed.TryGetValue(page.Number, out var text) ? page with { Blocks = Kept(page, text, said) } : page).ToValueList();
    }

    private static ValueList<TextBlock> Kept(CleanedPage page, string claimed, Said said)
    {
        var kept = Padded(claimed);
        var leftOut = page.Blocks.Where(block => !kept.Contains(Padded(block.Text), StringComparison.Ordinal)).ToHashSet(ReferenceEqualityComparer.Instance);
        var words = page.Blocks.Sum(static block => TextWords.Of(block.Text).Count);
        if (page.Blocks.Where(leftOut.Contains).Sum(static block => TextWords.Of(block.Text).Count) > words * MostLeftOut)
        {
            return page.Blocks;
        }

        return page.Blocks.Where(block => !(leftOut.Contains(block) && said.TryTakeAway(block))).ToValueList();
    }

    private static string Padded(string text) => $" {SearchTerms.Of(text).WordText} ";

    /// <summary>How often the document says what.</summary>
    private sealed class Said
    {
        private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

        public static Said On(IEnumerable<CleanedPage> pages)
        {
            var said = new Said();
            foreach (var block in pages.SelectMany(static page => page.Blocks))
            {
                said.Count(block, 1);
            }

            return said;
        }

        public bool IsSpare(TextBlock block) =>
            block.Kind is BlockKind.Heading or BlockKind.Paragraph && block.Text.Length <= LongestSpare
            && (block.Text.Any(char.IsDigit) ? _texts[Padded(block.Text)] > 1 : TermsOf(block).CountBy(static term => term).All(term => _terms[term.Key] > term.Value));

        public bool TryTakeAway(TextBlock block)
        {
            if (!IsSpare(block))
            {
                return false;
            }

            Count(block, -1);
            return true;
        }

        private static IEnumerable<string> TermsOf(TextBlock block) => SearchTerms.Of(block.Text).All.Where(static term => !TextWords.IsStopTerm(term));

        private void Count(TextBlock block, int times)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_texts, Padded(block.Text), out _) += times;
            foreach (var term in TermsOf(block))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_terms, term, out _) += times;
            }
        }
    }
}
