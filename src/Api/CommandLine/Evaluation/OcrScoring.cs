namespace Idp.Api.CommandLine.Evaluation;

/// <summary>How recognised words differ from a transcription.</summary>
/// <param name="Errors">Words missing, wrong or too many.</param>
/// <param name="TranscribedWords">Words of the transcription.</param>
internal readonly record struct WordErrors(int Errors, int TranscribedWords)
{
    /// <summary>Errors for each transcribed word; may be over 1, and 0 when nothing was transcribed and nothing recognised.</summary>
    public double Rate => TranscribedWords > 0 ? (double)Errors / TranscribedWords : Errors > 0 ? 1 : 0;

    /// <summary>The errors of two texts together, so that long texts weigh more than short ones.</summary>
    public static WordErrors operator +(WordErrors left, WordErrors right) =>
        new(left.Errors + right.Errors, left.TranscribedWords + right.TranscribedWords);
}

/// <summary>Scores recognition against transcriptions. Words are what white space separates, compared exactly.</summary>
internal static class OcrScoring
{
    /// <summary>Longer texts than this many words a side are not aligned: the time grows with the product of both lengths.</summary>
    public const int LongestAlignment = 20_000;

    /// <summary>Splits a transcription into words.</summary>
    public static IReadOnlyList<string> WordsOf(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Errors without regard to order: one for each word on the side that has more, less those that both sides have.</summary>
    /// <param name="recognized">What was read.</param>
    /// <param name="transcribed">What stands there.</param>
    public static WordErrors BagOfWords(IReadOnlyList<string> recognized, IReadOnlyList<string> transcribed)
    {
        var left = transcribed.CountBy(static word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var shared = 0;
        foreach (var word in recognized)
        {
            if (left.TryGetValue(word, out var count) && count > 0)
            {
                left[word] = count - 1;
                shared++;
            }
        }

        return new WordErrors(Math.Max(recognized.Count, transcribed.Count) - shared, transcribed.Count);
    }

    /// <summary>Errors in order: the fewest insertions, deletions and replacements of words that make one text of the other.</summary>
    /// <param name="recognized">What was read, in reading order.</param>
    /// <param name="transcribed">What stands there.</param>
    /// <exception cref="ArgumentException">A text has more than <see cref="LongestAlignment"/> words.</exception>
    public static WordErrors Aligned(IReadOnlyList<string> recognized, IReadOnlyList<string> transcribed)
    {
        if (Math.Max(recognized.Count, transcribed.Count) > LongestAlignment)
        {
            throw new ArgumentException($"At most {LongestAlignment} words can be aligned.", nameof(recognized));
        }

        var previous = Enumerable.Range(0, recognized.Count + 1).ToArray();
        var current = new int[recognized.Count + 1];
        for (var row = 1; row <= transcribed.Count; row++)
        {
            current[0] = row;
            for (var column = 1; column <= recognized.Count; column++)
            {
                var replaced = previous[column - 1] + (transcribed[row - 1] == recognized[column - 1] ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return new WordErrors(previous[recognized.Count], transcribed.Count);
    }
}
