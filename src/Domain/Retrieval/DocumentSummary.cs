using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>Who made a summary.</summary>
public enum SummarySource
{
    /// <summary>Rules chose sentences of the document.</summary>
    Rules,

    /// <summary>A model wrote it; it was held against the document.</summary>
    Model,
}

/// <summary>What a document says in short.</summary>
/// <param name="Text">Sentences, never more than the document has: its own in their order, or those of a model.</param>
/// <param name="Pages">The pages that they are from, ascending.</param>
public sealed record DocumentSummary(string Text, ValueList<int> Pages)
{
    private const int MostTokens = 180;
    private const int MostSentences = 2_000;
    private const int FewestWords = 5;
    private const int MostWords = 45;

    /// <summary>Longer sentences share more words with others; this many terms are free of that.</summary>
    private const int LengthAtEase = 8;

    private const double TooAlike = 0.6;

    /// <summary>Who made it.</summary>
    public SummarySource Source { get; init; }

    /// <summary>Why it is by rules although a model was to write it; null otherwise.</summary>
    public Error? Problem { get; init; }

    /// <summary>Nothing can be said.</summary>
    public static DocumentSummary Empty { get; } = new(string.Empty, []);

    /// <summary>
    /// Chooses the sentences that say most: those that share rare words with many others, that stand early, and that name things: names, figures, dates. Where there is no running text, the
    /// first lines.
    /// </summary>
    /// <param name="pages">The pages in order.</param>
    public static DocumentSummary Of(IReadOnlyList<CleanedPage> pages)
    {
        var sentences = pages.SelectMany(SentencesOf).Take(MostSentences).ToList();
        if (sentences.Count == 0)
        {
            return FirstLines(pages);
        }

        var total = pages.Sum(static page => page.Blocks.Sum(static block => TokenCount.Estimate(block.Text)));
        var scores = ScoresOf(sentences);
        var room = Math.Min(MostTokens, Math.Max(total / 3, sentences.Min(static sentence => TokenCount.Estimate(sentence.Text))));
        var chosen = new List<int>();
        foreach (var index in Enumerable.Range(0, sentences.Count).OrderByDescending(index => scores[index]).ThenBy(static index => index))
        {
            var tokens = TokenCount.Estimate(sentences[index].Text) + 1;
            if (tokens <= room + 1 && !chosen.Exists(other => AreAlike(sentences[other], sentences[index])))
            {
                chosen.Add(index);
                room -= tokens;
            }
        }

        var inOrder = chosen.Order().Select(index => sentences[index]).ToList();
        return new DocumentSummary(string.Join(' ', inOrder.Select(static sentence => sentence.Text)), inOrder.Select(static sentence => sentence.Page).Distinct().Order().ToValueList());
    }

    private static IEnumerable<Sentence> SentencesOf(CleanedPage page) => page.Blocks
        .Where(static block => block.Kind is BlockKind.Paragraph or BlockKind.ListItem)
        .SelectMany(static block => TextSentences.Sentences(block.Text, new TextSpan(0, block.Text.Length)).Select(span => span.In(block.Text)))
        .Select(text => new Sentence(page.Number, text, [.. TextWords.TermsOf(text).Where(static term => !TextWords.IsStopTerm(term))]))
        .Where(static sentence => sentence.Terms.Count >= FewestWords && sentence.Terms.Count <= MostWords && sentence.Text.Count(char.IsLetter) * 2 > sentence.Text.Length);

    private static double[] ScoresOf(List<Sentence> sentences)
    {
        var having = sentences.SelectMany(static sentence => sentence.Terms.Distinct()).CountBy(static term => term).ToDictionary(StringComparer.Ordinal);
        var center = having.ToDictionary(static term => term.Key, term => term.Value * RarityOf(term.Value, sentences.Count), StringComparer.Ordinal);
        var central = sentences.Select(sentence => sentence.Terms.Distinct().Sum(term => center[term] * RarityOf(having[term], sentences.Count))
            / (sentence.Terms.Count + LengthAtEase)).ToList();
        var most = Math.Max(central.Max(), double.Epsilon);
        return [.. sentences.Select((sentence, index) => (0.5 * central[index] / most) + (0.3 / (1 + (index / 3.0))) + (0.2 * NamesIn(sentence)))];
    }

    private static double RarityOf(int having, int all) => Math.Log(1 + ((double)all / having));

    /// <summary>How much a sentence names: figures and words with capitals that do not begin it, up to a quarter of its words.</summary>
    private static double NamesIn(Sentence sentence)
    {
        var words = TextWords.Of(sentence.Text);
        var names = words.Skip(1).Count(word => char.IsUpper(sentence.Text[word.Start]) || char.IsDigit(sentence.Text[word.Start]));
        return Math.Min(1, 4.0 * names / words.Count);
    }

    private static bool AreAlike(Sentence one, Sentence other)
    {
        var shared = one.Terms.Intersect(other.Terms, StringComparer.Ordinal).Count();
        return shared > TooAlike * Math.Min(one.Terms.Distinct(StringComparer.Ordinal).Count(), other.Terms.Distinct(StringComparer.Ordinal).Count());
    }

    private static DocumentSummary FirstLines(IReadOnlyList<CleanedPage> pages)
    {
        var (lines, room) = (new List<(int Page, string Text)>(), MostTokens / 2);
        foreach (var (page, text) in pages.SelectMany(static page => page.Blocks.Where(static block => block.Kind != BlockKind.Table).Select(block => (page.Number, block.Text))))
        {
            room -= TokenCount.Estimate(text) + 1;
            if (room < 0)
            {
                break;
            }

            lines.Add((page, text));
        }

        return new DocumentSummary(string.Join('\n', lines.Select(static line => line.Text)), lines.Select(static line => line.Page).Distinct().Order().ToValueList());
    }

    private sealed record Sentence(int Page, string Text, IReadOnlyList<string> Terms);
}
