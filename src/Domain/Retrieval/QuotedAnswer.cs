using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>A passage that may answer a question.</summary>
/// <param name="Chunk">The passage.</param>
/// <param name="Score">How well it fits.</param>
public sealed record CandidatePassage(Chunk Chunk, PassageScore Score);

/// <summary>A part of a passage that is given as an answer.</summary>
/// <param name="Passage">The passage's place among the candidates.</param>
/// <param name="Quote">The part.</param>
public sealed record AnswerQuote(int Passage, Highlight Quote);

/// <summary>Answers a question with what passages say, word for word.</summary>
public static class QuotedAnswer
{
    /// <summary>
    /// A passage holds the answer when it holds this share of what is asked for, where rare words count more. A question's rarest words say what it is about: where a passage lacks them, it
    /// speaks of something else.
    /// </summary>
    public const double LeastCoverage = 0.5;

    private const int MostQuotes = 3;
    private const double LeastBesideBest = 0.6;

    /// <summary>The sentences and rows that say most of what is asked for, best first; none when no passage holds the answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="passages">The candidates, best first.</param>
    /// <param name="statistics">How rare its words are.</param>
    public static ValueList<AnswerQuote> Of(SearchQuestion question, IReadOnlyList<CandidatePassage> passages, CollectionStatistics statistics)
    {
        var ranking = new PassageRanking(question, statistics with { MeanLength = 20 });
        var quotes = passages.SelectMany((passage, index) => passage.Score.Coverage < LeastCoverage ? [] : QuotesOf(passage.Chunk, index, ranking))
            .OrderByDescending(static quote => quote.Score).ToList();
        return quotes
            .Where(quote => quote.Score >= quotes[0].Score * LeastBesideBest)
            .DistinctBy(static quote => quote.Quote.Quote.Quote, StringComparer.Ordinal)
            .Take(MostQuotes).Select(static quote => quote.Quote).ToValueList();
    }

    private static IEnumerable<(AnswerQuote Quote, double Score)> QuotesOf(Chunk chunk, int index, PassageRanking ranking)
    {
        var spans = TextSentences.Paragraphs(chunk.Text)
            .SelectMany(paragraph => chunk.Text[paragraph.Start] == '|' ? [paragraph] : TextSentences.Sentences(chunk.Text, paragraph));
        foreach (var span in spans.Where(span => !chunk.Headings.Contains(span.In(chunk.Text))))
        {
            // Of passages that say the same, the one that fits better comes first.
            if (ranking.ScoreOf(PassageTerms.Of(span.In(chunk.Text), chunk.Headings)) is { } score)
            {
                yield return (new AnswerQuote(index, Highlights.At(chunk, span)), score.Score / (1 + (0.05 * index)));
            }
        }
    }
}
