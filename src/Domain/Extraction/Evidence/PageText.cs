using System.Text;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>The letters and digits of a page in reading order, with the word that each comes from.</summary>
internal sealed class PageText
{
    private readonly int[] _wordAt;

    private PageText(Page page, IReadOnlyList<Word> words, string exact, int[] wordAt)
    {
        Page = page;
        Words = words;
        Exact = exact;
        Folded = Fold(exact);
        _wordAt = wordAt;
    }

    /// <summary>The page.</summary>
    public Page Page { get; }

    /// <summary>Its words, line by line.</summary>
    public IReadOnlyList<Word> Words { get; }

    /// <summary>Letters and digits in lower case, without spaces.</summary>
    public string Exact { get; }

    /// <summary>The same length, with characters that recognition confuses made one.</summary>
    public string Folded { get; }

    /// <summary>Takes a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="words">Its words in the order to be searched.</param>
    public static PageText Of(Page page, IReadOnlyList<Word> words)
    {
        var text = new StringBuilder();
        var wordAt = new List<int>();
        for (var at = 0; at < words.Count; at++)
        {
            var letters = Letters(words[at].Text);
            text.Append(letters);
            wordAt.AddRange(Enumerable.Repeat(at, letters.Length));
        }

        return new PageText(page, words, text.ToString(), [.. wordAt]);
    }

    /// <summary>Letters and digits in lower case.</summary>
    public static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>Makes characters that recognition confuses one; the length stays.</summary>
    public static string Fold(string letters) => string.Create(letters.Length, letters, static (folded, source) =>
    {
        for (var at = 0; at < source.Length; at++)
        {
            folded[at] = source[at] switch
            {
                'o' or 'q' or 'd' => '0',
                'l' or 'i' or 'j' => '1',
                'z' => '2',
                's' => '5',
                'g' => '6',
                'b' => '8',
                _ => source[at],
            };
        }
    });

    /// <summary>The words that a stretch of <see cref="Exact"/> touches.</summary>
    public IReadOnlyList<Word> WordsOf(int start, int length)
    {
        var (first, last) = (_wordAt[start], _wordAt[start + length - 1]);
        return [.. Words.Skip(first).Take(last - first + 1)];
    }

    /// <summary>True when a stretch begins and ends with whole words.</summary>
    public bool IsWholeWords(int start, int length) =>
        (start == 0 || _wordAt[start - 1] != _wordAt[start])
        && (start + length == _wordAt.Length || _wordAt[start + length] != _wordAt[start + length - 1]);
}
