using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Research;

/// <summary>What a scorer, rules or a model, makes of the passages on a company.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Classification">What the company is.</param>
/// <param name="Reasons">Why, with the words of the sources.</param>
/// <param name="Tier">The class that the scorer names; null when it leaves that to the rubric.</param>
public sealed record CompanyAnalysis(int Score, string Classification, ValueList<ClaimedReason> Reasons, string? Tier);

/// <summary>A reason before its quote was looked up.</summary>
/// <param name="Text">The reason.</param>
/// <param name="SourceUrl">Where it is said to stand.</param>
/// <param name="Quote">The words that are said to stand there.</param>
public sealed record ClaimedReason(string Text, string SourceUrl, string Quote);

/// <summary>
/// Scores a company by the rubric's signals alone: sentences that speak of the company and say a signal, the weights of the signals that are said. Free, the same each time, and
/// every reason is a sentence that stands there.
/// </summary>
public static class RuleScorer
{
    private const int MostReasonsOfSignal = 3;
    private const int MostReasons = 10;
    private const int LongestQuote = 400;

    /// <summary>What a signal is worth by how many sentences say it: one may be a misreading, three are not.</summary>
    private static readonly double[] Strengths = [0, 0.75, 0.9, 1];

    /// <summary>Words that begin a sentence about what the sentence before was about.</summary>
    private static readonly HashSet<string> References =
        "it its they their this these the we our".Split(' ').Select(WordStem.Of).ToHashSet(StringComparer.Ordinal);

    /// <summary>Scores a company by what was chosen of the pages on it.</summary>
    public static CompanyAnalysis Score(Rubric rubric, string company, IReadOnlyList<ChosenSource> sources)
    {
        var sentences = sources.SelectMany(source => SentencesOn(company, source)).DistinctBy(static sentence => Quotes.Normalise(sentence.Text)).ToList();
        var found = rubric.Signals
            .Select(signal => (Signal: signal, Phrases: new SignalPhrases(signal)))
            .Select(entry => new Finding(entry.Signal, sentences.FindAll(sentence => entry.Phrases.AreIn(sentence.Words))))
            .Where(static finding => finding.Sentences.Count > 0)
            .OrderByDescending(static finding => Math.Abs(finding.Worth)).ThenBy(static finding => finding.Signal.Name, StringComparer.Ordinal)
            .ToList();
        var strongest = found.Where(static finding => finding is { Worth: > 0, Signal.Classification: not null }).MaxBy(static finding => finding.Worth);
        return new CompanyAnalysis(
            Combine(found), strongest?.Signal.Classification ?? Rubric.NothingFound,
            found.SelectMany(static finding => finding.Sentences.Take(MostReasonsOfSignal).Select(sentence => finding.ReasonOf(sentence))).Take(MostReasons).ToValueList(),
            Tier: null);
    }

    /// <summary>Each further signal earns its part of what the others left; signals against take their part of the whole.</summary>
    private static int Combine(IEnumerable<Finding> found)
    {
        var (missing, kept) = (1.0, 1.0);
        foreach (var worth in found.Select(static finding => finding.Worth))
        {
            missing *= worth > 0 ? 1 - worth : 1;
            kept *= worth < 0 ? 1 + worth : 1;
        }

        return (int)Math.Round(100 * (1 - missing) * kept);
    }

    /// <summary>The sentences that speak of the company: by name, or because they go on about it.</summary>
    private static IEnumerable<Sentence> SentencesOn(string company, ChosenSource chosen)
    {
        var mention = CompanyMention.Of(company);
        var isOnIt = mention.IsIn(chosen.Source.Title);
        foreach (var passage in chosen.Passages)
        {
            foreach (var paragraph in TextSentences.Paragraphs(passage.Text))
            {
                var goesOn = false;
                foreach (var span in TextSentences.Sentences(passage.Text, paragraph))
                {
                    var text = span.In(passage.Text);
                    var words = TextWords.Of(text);
                    goesOn = words.Count > 0 && (mention.IsIn(text, words) || ((goesOn || isOnIt) && References.Contains(words[0].Term)));
                    if (goesOn)
                    {
                        yield return new Sentence(text, words, chosen.Source.Url);
                    }
                }
            }
        }
    }

    private sealed record Sentence(string Text, IReadOnlyList<TextWord> Words, string Url);

    private sealed record Finding(Signal Signal, List<Sentence> Sentences)
    {
        /// <summary>From -1 to 1.</summary>
        public double Worth => Signal.Weight / 100.0 * Strengths[Math.Min(Sentences.Count, Strengths.Length - 1)];

        public ClaimedReason ReasonOf(Sentence sentence) => new(Signal.Text, sentence.Url, Cut(sentence.Text));

        private static string Cut(string text)
        {
            if (text.Length <= LongestQuote)
            {
                return text;
            }

            var space = text.LastIndexOf(' ', LongestQuote);
            return text[..(space > 0 ? space : LongestQuote)];
        }
    }
}
