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

    /// <summary>A sentence with one of these speaks of what may be; it counts half.</summary>
    private static readonly HashSet<string> Possibilities =
        "whether would could might may perhaps maybe if considering".Split(' ').Select(WordStem.Of).ToHashSet(StringComparer.Ordinal);

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

    /// <summary>
    /// The sentences that speak of the company: all of a page of its own or that has it in its title; else those that name it, and those of the same paragraph that do not begin with
    /// what may be another name.
    /// </summary>
    private static IEnumerable<Sentence> SentencesOn(string company, ChosenSource chosen)
    {
        var name = CompanyMention.Of(company);
        var isOwn = name.IsHostOf(chosen.Source.Url);
        var shortForm = isOwn || name.IsIn(chosen.Source.Title) || name.IsIn(chosen.Source.Text) ? name.ShortForm : null;
        var isOnIt = isOwn || name.IsInHeading(chosen.Source.Title) || shortForm?.IsInHeading(chosen.Source.Title) == true;
        foreach (var passage in chosen.Passages)
        {
            foreach (var paragraph in TextSentences.Paragraphs(passage.Text))
            {
                var sentences = TextSentences.Sentences(passage.Text, paragraph)
                    .Select(span => span.In(passage.Text))
                    .Select(text => new Sentence(text, TextWords.Of(text), chosen.Source.Url))
                    .Where(static sentence => sentence.Words.Count > 0).ToList();
                var isIn = sentences.ConvertAll(sentence => name.IsIn(sentence.Text, sentence.Words) || shortForm?.IsIn(sentence.Text, sentence.Words) == true);
                for (var index = 0; index < sentences.Count; index++)
                {
                    if (isOnIt || isIn[index] || (isIn.Contains(true) && sentences[index].GoesOn))
                    {
                        yield return sentences[index];
                    }
                }
            }
        }
    }

    private sealed record Sentence(string Text, IReadOnlyList<TextWord> Words, string Url)
    {
        /// <summary>True when it begins with a word that is no name, so that it goes on about what its paragraph is about.</summary>
        public bool GoesOn => TextWords.IsStopTerm(Words[0].Term) || Text[0] is '"' or '\u201C';

        /// <summary>1, or 0.5 for what may be.</summary>
        public double Certainty => Words.Any(static word => Possibilities.Contains(word.Term)) ? 0.5 : 1;
    }

    private sealed record Finding(Signal Signal, List<Sentence> Sentences)
    {
        /// <summary>From -1 to 1.</summary>
        public double Worth => Signal.Weight / 100.0 * StrengthOf(Sentences.Sum(static sentence => sentence.Certainty));

        public ClaimedReason ReasonOf(Sentence sentence) => new(Signal.Text, sentence.Url, Cut(sentence.Text));

        private static double StrengthOf(double sentences)
        {
            var whole = (int)Math.Min(sentences, Strengths.Length - 1);
            return whole == Strengths.Length - 1 ? Strengths[^1] : Strengths[whole] + ((sentences - whole) * (Strengths[whole + 1] - Strengths[whole]));
        }

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
