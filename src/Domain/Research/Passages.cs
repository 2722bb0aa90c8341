using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Research;

/// <summary>A page with the passages of it that were chosen, in the order of its text.</summary>
/// <param name="Source">The page.</param>
/// <param name="Passages">What was chosen of it; never empty.</param>
public sealed record ChosenSource(SourceText Source, ValueList<Passage> Passages);

/// <summary>
/// All passages of the pages on one company, without repetitions, the most telling first. Made once for a company; what fits into a budget is chosen from it as often as need be.
/// </summary>
public sealed class RankedPassages
{
    /// <summary>Passages are about this long, in characters: a paragraph.</summary>
    private const int UsualLength = 900;

    /// <summary>What is further down on a page than this is not looked at, in characters.</summary>
    private const int LongestText = 200_000;

    /// <summary>What the marks between passages take, in tokens.</summary>
    private const int PassageOverhead = 4;

    /// <summary>What the heading of a page takes beside its address, in tokens.</summary>
    private const int SourceOverhead = 16;

    /// <summary>How much the name counts beside the signals; a passage that does not name the company may speak of another.</summary>
    private const double NameWeight = 1.5;

    /// <summary>Half of a passage's rank is its page's relevance.</summary>
    private const double LeastPageWeight = 0.5;

    private readonly IReadOnlyList<SourceText> _sources;
    private readonly IReadOnlyList<Passage> _ranked;

    private RankedPassages(IReadOnlyList<SourceText> sources, IReadOnlyList<Passage> ranked) => (_sources, _ranked) = (sources, ranked);

    /// <summary>Every passage, the most telling first.</summary>
    public IReadOnlyList<Passage> All => _ranked;

    /// <summary>Divides pages into passages, leaves repetitions out and ranks the rest.</summary>
    public static RankedPassages Of(IReadOnlyList<SourceText> sources, string company, Rubric rubric)
    {
        var passages = sources.SelectMany((source, index) => Divide(index, source.Text)).ToList();
        var terms = passages.ConvertAll(static passage => TextWords.TermsOf(passage.Text));
        var kept = PassageRepetitions.Without(terms);
        var question = QuestionOf(company, rubric);
        var scores = Bm25.Scores([.. kept.Select(index => terms[index])], question);
        var ranked = kept.Select((index, place) => (Passage: passages[index], Score: scores[place] * PageWeight(sources[passages[index].Source])))
            .OrderByDescending(static entry => entry.Score).ThenBy(static entry => entry.Passage.Source).ThenBy(static entry => entry.Passage.Start)
            .Select(static entry => entry.Passage);
        return new RankedPassages(sources, [.. ranked]);
    }

    /// <summary>
    /// The most telling passages that fit, by page: pages in the order of their relevance, passages in that of the text. One that does not fit is passed over for smaller ones.
    /// </summary>
    /// <param name="tokens">Room for all of it, in estimated tokens.</param>
    public ValueList<ChosenSource> Within(int tokens)
    {
        var left = tokens;
        var chosen = new List<Passage>();
        var pages = new HashSet<int>();
        foreach (var passage in _ranked)
        {
            var needed = TokenCount.Estimate(passage.Text) + PassageOverhead
                + (pages.Contains(passage.Source) ? 0 : TokenCount.Estimate(_sources[passage.Source].Url) + SourceOverhead);
            if (needed <= left)
            {
                left -= needed;
                chosen.Add(passage);
                pages.Add(passage.Source);
            }
        }

        return chosen.GroupBy(static passage => passage.Source).OrderBy(static page => page.Key)
            .Select(page => new ChosenSource(_sources[page.Key], page.OrderBy(static passage => passage.Start).ToValueList()))
            .ToValueList();
    }

    private static double PageWeight(SourceText source) => LeastPageWeight + ((1 - LeastPageWeight) * Math.Clamp(source.Relevance, 0, 1));

    private static Dictionary<string, double> QuestionOf(string company, Rubric rubric)
    {
        var question = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var signal in rubric.Signals)
        {
            var weight = Math.Max(0.1, Math.Abs(signal.Weight) / 100.0);
            foreach (var term in signal.Phrases.SelectMany(TextWords.TermsOf).Where(static term => !TextWords.IsStopTerm(term)))
            {
                question[term] = Math.Max(question.GetValueOrDefault(term), weight);
            }
        }

        foreach (var term in TextWords.TermsOf(company).Where(static term => !TextWords.IsStopTerm(term)))
        {
            question[term] = NameWeight;
        }

        return question;
    }

    private static List<Passage> Divide(int source, string text)
    {
        var looked = text.Length <= LongestText ? text : text[..LongestText];
        var passages = new List<Passage>();
        var (from, to) = (-1, -1);
        foreach (var part in TextSentences.Paragraphs(looked).SelectMany(paragraph => Parts(looked, paragraph)))
        {
            if (from >= 0 && part.End - from > UsualLength)
            {
                passages.Add(new Passage(source, from, looked[from..to]));
                from = -1;
            }

            from = from < 0 ? part.Start : from;
            to = part.End;
        }

        if (from >= 0)
        {
            passages.Add(new Passage(source, from, looked[from..to]));
        }

        return passages;
    }

    /// <summary>A paragraph, or its sentences where it is long; a sentence without an end is cut.</summary>
    private static IEnumerable<TextSpan> Parts(string text, TextSpan paragraph)
    {
        if (paragraph.Length <= UsualLength)
        {
            return [paragraph];
        }

        return TextSentences.Sentences(text, paragraph).SelectMany(static sentence =>
            Enumerable.Range(0, (sentence.Length + UsualLength - 1) / UsualLength)
                .Select(piece => new TextSpan(sentence.Start + (piece * UsualLength), Math.Min(UsualLength, sentence.Length - (piece * UsualLength)))));
    }
}
