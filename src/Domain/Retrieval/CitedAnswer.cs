using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>What a passage is said to say.</summary>
/// <param name="Passage">The passage's place among those that were given, from 0.</param>
/// <param name="Quote">The words that are said to be in it.</param>
public sealed record ClaimedCitation(int Passage, string Quote);

/// <summary>An answer as it came: nothing in it is checked.</summary>
/// <param name="Text">The answer.</param>
/// <param name="IsFound">False when the passages are said not to hold it.</param>
/// <param name="Citations">What it is said to rest on.</param>
public sealed record ClaimedAnswer(string Text, bool IsFound, ValueList<ClaimedCitation> Citations);

/// <summary>What an answer rests on, looked up.</summary>
/// <param name="Passage">The passage's place among the candidates, from 0.</param>
/// <param name="Quote">The words in the passage, with their place on the page; as they were claimed where the passage does not have them.</param>
/// <param name="IsSupported">True when the passage says so, word for word.</param>
public sealed record AnswerCitation(int Passage, Highlight Quote, bool IsSupported);

/// <summary>A sentence of an answer.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="IsSupported">True when cited passages hold its figures and most of its words.</param>
public sealed record AnswerSentence(string Text, bool IsSupported);

/// <summary>An answer whose citations were looked up and whose sentences were held against them.</summary>
/// <param name="Text">The answer; empty when nothing was found.</param>
/// <param name="IsFound">True when it rests on a passage at least in part.</param>
/// <param name="Sentences">Its sentences in order.</param>
/// <param name="Citations">What it rests on.</param>
public sealed record CitedAnswer(string Text, bool IsFound, ValueList<AnswerSentence> Sentences, ValueList<AnswerCitation> Citations)
{
    private const double LeastShared = 0.5;

    /// <summary>No passage holds an answer.</summary>
    public static CitedAnswer NotFound { get; } = new(string.Empty, false, [], []);

    /// <summary>Checks an answer against the passages.</summary>
    /// <param name="claimed">The answer as it came.</param>
    /// <param name="passages">The passages that it was made of.</param>
    public static CitedAnswer Check(ClaimedAnswer claimed, IReadOnlyList<Chunk> passages)
    {
        if (!claimed.IsFound || string.IsNullOrWhiteSpace(claimed.Text))
        {
            return NotFound;
        }

        var citations = claimed.Citations.Where(citation => citation.Passage >= 0 && citation.Passage < passages.Count)
            .Select(citation => LookUp(citation, passages[citation.Passage])).ToValueList();
        var sources = citations.Where(static citation => citation.IsSupported).Select(citation => passages[citation.Passage]).Distinct()
            .SelectMany(static passage => SearchTerms.Of(passage.Text).All).ToHashSet(StringComparer.Ordinal);
        var sentences = TextSentences.Paragraphs(claimed.Text).SelectMany(paragraph => TextSentences.Sentences(claimed.Text, paragraph))
            .Select(span => span.In(claimed.Text)).Select(text => new AnswerSentence(text, IsHeldBy(text, sources))).ToValueList();

        // An answer of which nothing can be found in what it cites is not in the passages, whatever it says of itself.
        return sentences.Any(static sentence => sentence.IsSupported) ? new CitedAnswer(claimed.Text.Trim(), true, sentences, citations) : NotFound;
    }

    private static AnswerCitation LookUp(ClaimedCitation citation, Chunk passage) => SpanOf(citation.Quote, passage.Text) is { } span
        ? new AnswerCitation(citation.Passage, Highlights.At(passage, span), IsSupported: true)
        : new AnswerCitation(citation.Passage, new Highlight(0, 0, citation.Quote, []), IsSupported: false);

    /// <summary>Where the words of a quote follow each other in a text, whatever stands between them.</summary>
    private static TextSpan? SpanOf(string quote, string text)
    {
        if (quote.Length > 0 && text.IndexOf(quote, StringComparison.Ordinal) is >= 0 and var found)
        {
            return new TextSpan(found, quote.Length);
        }

        var (wanted, words) = (SearchTerms.Of(quote).Words, SearchTerms.Of(text).Words);
        for (var start = 0; wanted.Count > 0 && start + wanted.Count <= words.Count; start++)
        {
            var length = 0;
            while (length < wanted.Count && words[start + length].Term == wanted[length].Term)
            {
                length++;
            }

            if (length == wanted.Count)
            {
                return new TextSpan(words[start].Start, words[start + length - 1].End - words[start].Start);
            }
        }

        return null;
    }

    private static bool IsHeldBy(string sentence, HashSet<string> sources)
    {
        var meant = SearchTerms.Of(sentence).Words.Where(static word => !TextWords.IsStopTerm(word.Term)).ToList();
        return meant.Count > 0
            && meant.TrueForAll(word => !char.IsDigit(sentence[word.Start]) || sources.Contains(word.Term))
            && meant.Count(word => sources.Contains(word.Term)) >= meant.Count * LeastShared;
    }
}
