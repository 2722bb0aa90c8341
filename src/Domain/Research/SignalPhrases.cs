using System.Globalization;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Research;

/// <summary>Finds the phrases of one signal in sentences: their words in order, with few between, and not denied.</summary>
/// <remarks>A word that begins with <c>#</c> stands for a number: <c>#500 GPUs</c> for five hundred GPUs or more.</remarks>
internal sealed class SignalPhrases
{
    /// <summary>What stands for a number in a phrase.</summary>
    private const char NumberMark = '#';

    /// <summary>Words that may stand between two words of a phrase.</summary>
    private const int MostBetween = 3;

    /// <summary>So far before a phrase a denial still means it.</summary>
    private const int DenialReach = 5;

    private static readonly HashSet<string> Denials =
        "not no never without neither nor none cannot unlike rather instead stopped abandoned ceased lacks avoids".Split(' ').Select(WordStem.Of).ToHashSet(StringComparer.Ordinal);

    /// <summary>A sentence with one of these is about what is not so.</summary>
    private static readonly HashSet<string> Refutations = "denies denied deny refuted refutes rumour rumor false untrue".Split(' ').Select(WordStem.Of).ToHashSet(StringComparer.Ordinal);

    private static readonly Dictionary<string, double> Multipliers = new Dictionary<string, double>
    {
        ["hundred"] = 100, ["thousand"] = 1e3, ["million"] = 1e6, ["billion"] = 1e9, ["trillion"] = 1e12,
    }.ToDictionary(static pair => WordStem.Of(pair.Key), static pair => pair.Value, StringComparer.Ordinal);

    private readonly Matcher[][] _phrases;

    /// <summary>What to look for.</summary>
    public SignalPhrases(Signal signal) => _phrases = [.. signal.Phrases.Select(Parse).Where(static matchers => matchers.Length > 0)];

    /// <summary>True when a sentence of these words says the signal.</summary>
    public bool AreIn(IReadOnlyList<TextWord> sentence) =>
        !sentence.Any(static word => Refutations.Contains(word.Term)) && Array.Exists(_phrases, phrase => IsIn(phrase, sentence));

    private static Matcher[] Parse(string phrase) => [.. phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(static word => word[0] == NumberMark
        ? [new Matcher(string.Empty, double.TryParse(word.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture, out var least) ? least : 0)]
        : TextWords.TermsOf(word).Select(static term => new Matcher(term, null)))];

    private static bool IsIn(Matcher[] phrase, IReadOnlyList<TextWord> sentence)
    {
        for (var start = 0; start < sentence.Count; start++)
        {
            if (phrase[0].Matches(sentence, start) && !IsDenied(sentence, start) && Follows(phrase, sentence, start))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Follows(Matcher[] phrase, IReadOnlyList<TextWord> sentence, int start)
    {
        var at = start;
        foreach (var word in phrase.AsSpan(1))
        {
            var limit = Math.Min(sentence.Count - 1, at + 1 + MostBetween);
            do
            {
                at++;
                if (at > limit || (IsDenial(sentence[at].Term) && !word.Matches(sentence, at)))
                {
                    return false;
                }
            }
            while (!word.Matches(sentence, at));
        }

        return true;
    }

    private static bool IsDenied(IReadOnlyList<TextWord> sentence, int start)
    {
        for (var at = Math.Max(0, start - DenialReach); at < start; at++)
        {
            if (IsDenial(sentence[at].Term))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDenial(string term) => Denials.Contains(term) || term.EndsWith("n't", StringComparison.Ordinal);

    /// <summary>One word of a phrase: a term, or a number of at least so much.</summary>
    private readonly record struct Matcher(string Term, double? Least)
    {
        public bool Matches(IReadOnlyList<TextWord> sentence, int at) => Least is { } least ? NumberAt(sentence, at) >= least : sentence[at].Term == Term;

        /// <summary>The number that begins with a word: <c>2,300</c>, <c>1.4 billion</c>, <c>thousands</c>; null for another word.</summary>
        private static double? NumberAt(IReadOnlyList<TextWord> sentence, int at)
        {
            var term = sentence[at].Term;
            if (Multipliers.TryGetValue(term, out var whole))
            {
                return whole;
            }

            return double.TryParse(term, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number * (at + 1 < sentence.Count ? Multipliers.GetValueOrDefault(sentence[at + 1].Term, 1) : 1)
                : null;
        }
    }
}
