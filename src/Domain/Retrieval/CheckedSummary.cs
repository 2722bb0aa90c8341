using System.Collections.Frozen;
using System.Globalization;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>
/// Holds what a model wrote as the summary of a text against that text: a sentence with a figure or a name that the text does not have is left out, and so is one of which the text has less than
/// half of the words.
/// </summary>
public static class CheckedSummary
{
    /// <summary>The most tokens of a summary.</summary>
    public const int MostTokens = 320;

    private const double LeastShared = 0.5;

    /// <summary>Marks of lists and headings, which a summary has no use for.</summary>
    private static readonly char[] ListMarks = ['-', '*', '#', '\u2022', ' '];

    /// <summary>Words that begin a sentence with a capital and name nothing.</summary>
    private static readonly FrozenSet<string> Openers =
        "overall however additionally furthermore moreover finally also further key notable notably several various both each while although despite since according including total no not its their our"
            .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Numbers in words; "one" is mostly none.</summary>
    private static readonly FrozenSet<string> NumberWords =
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
            .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What of a summary the text holds; empty when that is nothing.</summary>
    /// <param name="claimed">The summary as it came.</param>
    /// <param name="text">What it sums up.</param>
    public static string Keep(string claimed, string text) => string.Join(' ', SentencesOf(claimed, Vocabulary.Of(text), text.Length));

    /// <summary>The summary of a document with the pages that its sentences are from; null when nothing of it stands.</summary>
    /// <param name="claimed">The summary as it came.</param>
    /// <param name="pages">The pages of the document.</param>
    public static DocumentSummary? Of(string claimed, IReadOnlyList<CleanedPage> pages)
    {
        var texts = pages.Select(static page => string.Join('\n', page.Blocks.Select(static block => block.Text))).ToList();
        var sentences = SentencesOf(claimed, Vocabulary.Of(string.Join('\n', texts)), texts.Sum(static text => text.Length));
        if (sentences.Count == 0)
        {
            return null;
        }

        var words = texts.Select(static text => TextWords.TermsOf(text).ToHashSet(StringComparer.Ordinal)).ToList();
        var from = sentences.Select(sentence => TextWords.TermsOf(sentence).Where(static term => !TextWords.IsStopTerm(term)).ToList())
            .Select(terms => pages[Enumerable.Range(0, pages.Count).MaxBy(page => terms.Count(words[page].Contains))].Number);
        return new DocumentSummary(string.Join(' ', sentences), from.Distinct().Order().ToValueList()) { Source = SummarySource.Model };
    }

    private static List<string> SentencesOf(string claimed, Vocabulary vocabulary, int mostCharacters)
    {
        var (kept, characters, tokens) = (new List<string>(), 0, 0);
        foreach (var sentence in TextSentences.Paragraphs(claimed).SelectMany(paragraph => TextSentences.Sentences(claimed, paragraph)).Select(span => span.In(claimed).Trim(ListMarks)))
        {
            var (longer, more) = (characters + sentence.Length + (kept.Count > 0 ? 1 : 0), tokens + TokenCount.Estimate(sentence) + 1);
            if (vocabulary.Holds(sentence) && longer <= mostCharacters && more <= MostTokens)
            {
                kept.Add(sentence.ReplaceLineEndings(" "));
                (characters, tokens) = (longer, more);
            }
        }

        return kept;
    }

    /// <summary>The words and numbers of a text.</summary>
    private sealed record Vocabulary(HashSet<string> Terms)
    {
        public static Vocabulary Of(string text)
        {
            var terms = SearchTerms.Of(text).All.ToHashSet(StringComparer.Ordinal);
            terms.UnionWith(terms.Select(ValueOf).OfType<string>().ToList());
            return new Vocabulary(terms);
        }

        public bool Holds(string sentence)
        {
            var words = SearchTerms.Of(sentence).Words;
            var meant = words.Where(static word => !TextWords.IsStopTerm(word.Term)).ToList();
            return meant.Count > 0
                && words.Index().All(word => !MustBePrinted(sentence.AsSpan(word.Item.Start, word.Item.Length), word.Item.Term, isFirst: word.Index == 0) || Has(word.Item.Term))
                && meant.Count(word => Has(word.Term)) >= meant.Count * LeastShared;
        }

        private bool Has(string term) => Terms.Contains(term) || (ValueOf(term) is { } value && Terms.Contains(value));

        /// <summary>Figures and names: what has a digit, a capital, or is a number in words.</summary>
        private static bool MustBePrinted(ReadOnlySpan<char> word, string term, bool isFirst)
        {
            var (hasDigit, hasCapital) = (false, false);
            foreach (var character in word)
            {
                hasDigit |= char.IsDigit(character);
                hasCapital |= char.IsUpper(character);
            }

            return hasDigit || NumberWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)
                || (hasCapital && !TextWords.IsStopTerm(term) && !(isFirst && Openers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)));
        }

        /// <summary>A number without the zeros that change nothing; null for anything else.</summary>
        private static string? ValueOf(string term) => char.IsAsciiDigit(term[0]) && decimal.TryParse(term, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("0.############################", CultureInfo.InvariantCulture)
            : null;
    }
}
