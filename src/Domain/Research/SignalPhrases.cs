using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Research;

/// <summary>Finds the phrases of one signal in sentences: their words in order, with few between, and not denied.</summary>
internal sealed class SignalPhrases
{
    /// <summary>Words that may stand between two words of a phrase.</summary>
    private const int MostBetween = 3;

    /// <summary>So far before a phrase a denial still means it.</summary>
    private const int DenialReach = 5;

    private static readonly HashSet<string> Denials =
        "not no never without neither nor none cannot unlike rather instead denies denied deny stopped abandoned ceased lacks avoids"
            .Split(' ').Select(WordStem.Of).ToHashSet(StringComparer.Ordinal);

    private readonly string[][] _phrases;

    /// <summary>What to look for.</summary>
    public SignalPhrases(Signal signal) => _phrases = [.. signal.Phrases.Select(static phrase => TextWords.TermsOf(phrase).ToArray()).Where(static terms => terms.Length > 0)];

    /// <summary>True when a sentence of these words says the signal.</summary>
    public bool AreIn(IReadOnlyList<TextWord> sentence) => Array.Exists(_phrases, phrase => IsIn(phrase, sentence));

    private static bool IsIn(string[] phrase, IReadOnlyList<TextWord> sentence)
    {
        for (var start = 0; start + phrase.Length <= sentence.Count; start++)
        {
            if (sentence[start].Term == phrase[0] && !IsDenied(sentence, start) && Follows(phrase, sentence, start))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Follows(string[] phrase, IReadOnlyList<TextWord> sentence, int start)
    {
        var at = start;
        foreach (var term in phrase.AsSpan(1))
        {
            var limit = Math.Min(sentence.Count - 1, at + 1 + MostBetween);
            do
            {
                at++;
                if (at > limit || (sentence[at].Term != term && IsDenial(sentence[at].Term)))
                {
                    return false;
                }
            }
            while (sentence[at].Term != term);
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
}
