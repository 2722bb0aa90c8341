namespace Idp.Domain.Kernel.Text;

/// <summary>A word in a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its characters.</param>
/// <param name="Term">What it is found by: its stem in lower case.</param>
public readonly record struct TextWord(int Start, int Length, string Term)
{
    /// <summary>The first character after it.</summary>
    public int End => Start + Length;
}

/// <summary>Finds the words of texts.</summary>
public static class TextWords
{
    /// <summary>Words longer than this are no words; they are cut there.</summary>
    private const int LongestWord = 64;

    private static readonly HashSet<string> StopTerms =
        "a about after all also am an and any are as at be been before being but by can could did do does for from had has have he her his how i if in into is it its may more most my of on or other our out over she should so some such than that the their them then there these they this those to under up was we were what when where which who will with would you your"
            .Split(' ').Select(WordStem.Of).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The words in their order: runs of letters and digits, with an apostrophe within, or a comma or point between digits; a character of a script without spaces is a word by itself.
    /// </summary>
    public static IReadOnlyList<TextWord> Of(string text)
    {
        var words = new List<TextWord>(text.Length / 6);
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var start = at++;
            while (!IsWhole(text[start]) && at < text.Length && at - start < LongestWord && Continues(text, at))
            {
                at++;
            }

            words.Add(new TextWord(start, at - start, TermOf(text.AsSpan(start, at - start))));
        }

        return words;
    }

    /// <summary>The terms of a text, in the order of its words.</summary>
    public static IReadOnlyList<string> TermsOf(string text) => [.. Of(text).Select(static word => word.Term)];

    /// <summary>True for a term that says nothing of what a text is about.</summary>
    public static bool IsStopTerm(string term) => StopTerms.Contains(term);

    private static bool Continues(string text, int at) =>
        (char.IsLetterOrDigit(text[at]) && !IsWhole(text[at]))
        || (at + 1 < text.Length && text[at] is '\'' or '\u2019' && char.IsLetter(text[at + 1]) && char.IsLetter(text[at - 1]))
        || (at + 1 < text.Length && text[at] is ',' or '.' && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at - 1]));

    /// <summary>Chinese and Japanese are written without spaces between words.</summary>
    private static bool IsWhole(char character) => character is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';

    private static string TermOf(ReadOnlySpan<char> word)
    {
        if (char.IsAsciiDigit(word[0]))
        {
            // Thousands are written with and without commas.
            return WordStem.Of(word.ToString().ToLowerInvariant().Replace(",", string.Empty, StringComparison.Ordinal));
        }

        // Abbreviations have plurals of their own: GPUs, H100s.
        if (word.Length > 2 && word[^1] == 's' && (char.IsUpper(word[^2]) || char.IsAsciiDigit(word[^2])))
        {
            return word[..^1].ToString().ToLowerInvariant();
        }

        var lower = word.ToString().ToLowerInvariant().Replace('\u2019', '\'');
        var bare = lower.EndsWith("'s", StringComparison.Ordinal) ? lower[..^2] : lower;
        return WordStem.Of(bare);
    }
}
