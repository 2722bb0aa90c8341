using System.Buffers;

namespace Idp.Domain.Kernel.Text;

/// <summary>Takes the commonest English endings off words, so that their forms are found as one; other words stay as they are.</summary>
public static class WordStem
{
    private const int ShortestStem = 3;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    /// <summary>The stem of a word in lower case. Not a word itself: only equal stems mean something.</summary>
    public static string Of(string word)
    {
        if (word.Length <= ShortestStem || !word.All(char.IsAsciiLetterOrDigit))
        {
            return word;
        }

        var singular = Singular(word);
        var stem = WithoutEnding(singular, "ing") ?? WithoutEnding(singular, "ed") ?? singular;
        return stem.Length > ShortestStem && stem.EndsWith('e') ? stem[..^1] : stem;
    }

    private static string Singular(string word) => word switch
    {
        _ when word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 => word[..^3] + "y",
        _ when word.EndsWith("sses", StringComparison.Ordinal) => word[..^2],
        _ when word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal) || word.EndsWith("is", StringComparison.Ordinal) => word,
        _ when word.EndsWith('s') => word[..^1],
        _ => word,
    };

    private static string? WithoutEnding(string word, string ending)
    {
        if (!word.EndsWith(ending, StringComparison.Ordinal) || word.EndsWith("eed", StringComparison.Ordinal))
        {
            return null;
        }

        var stem = word[..^ending.Length];
        if (stem.Length < ShortestStem || !stem.AsSpan().ContainsAny(Vowels))
        {
            return null;
        }

        var isDoubled = stem[^1] == stem[^2] && !char.IsAsciiDigit(stem[^1]) && stem[^1] is not ('l' or 's' or 'z' or 'e' or 'o');
        return isDoubled ? stem[..^1] : stem;
    }
}
