using System.Text.RegularExpressions;
using Idp.Domain.Documents.Flow;

namespace Idp.Infrastructure.Documents.LibreOffice;

/// <summary>
/// The words of a file, to see whether they are in what was printed of it: cells that are too narrow, notes of speakers and much else are cut or left out in print. Case, punctuation and
/// places do not count, and neither do words of fewer than three letters, and single digits.
/// </summary>
internal sealed partial class PrintedWords
{
    /// <summary>As much of printed text is looked at, in bytes.</summary>
    public const int MaximumTextBytes = 64 << 20;

    private const int ShortestWord = 3;

    /// <summary>So few of all words may be missing: numbers of lists are printed otherwise, and words are divided at the ends of lines.</summary>
    private const double MostMissing = 0.02;

    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly int _count;

    private PrintedWords(IEnumerable<string> texts)
    {
        foreach (var word in texts.SelectMany(WordsOf))
        {
            _words[word] = _words.GetValueOrDefault(word) + 1;
            _count++;
        }
    }

    /// <summary>The words of all blocks.</summary>
    public static PrintedWords Of(IEnumerable<FlowBlock> blocks) => new(blocks.SelectMany(FlowText.TextsOf));

    /// <summary>True when hardly any is missing in a text, each as often as it is said.</summary>
    public bool AreIn(string printed)
    {
        var left = new Dictionary<string, int>(_words, StringComparer.Ordinal);
        var missing = _count;
        foreach (var word in WordsOf(printed))
        {
            if (left.TryGetValue(word, out var more) && more > 0)
            {
                left[word] = more - 1;
                missing--;
            }
        }

        return missing <= _count * MostMissing;
    }

    private static IEnumerable<string> WordsOf(string text) =>
        Words().Matches(text).Select(static match => match.Value.ToLowerInvariant()).Where(static word => word.Length >= ShortestWord || (word.Length > 1 && word.All(char.IsAsciiDigit)));

    /// <summary>Numbers with their signs of thousands and decimals, and runs of letters and digits.</summary>
    [GeneratedRegex(@"\p{Nd}+(?:[.,]\p{Nd}+)+|[\p{L}\p{Nd}]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
