using System.Collections.Frozen;
using System.Text;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>What a text is found by.</summary>
/// <param name="Words">Its words in order, stop words included: stems in lower case without accents.</param>
/// <param name="Parts">
/// Found by as well, in no order: codes whole (<c>inv2023001</c> for INV-2023/001), and the letters and digits of words that mix them (<c>fy</c> and <c>2018</c> for FY2018).
/// </param>
public sealed record SearchTerms(IReadOnlyList<TextWord> Words, IReadOnlyList<TextWord> Parts)
{
    private const int ShortestPart = 2;
    private const int LongestCode = 40;

    private static readonly FrozenDictionary<char, string> Plain = PlainLetters();

    /// <summary>Analyses a text; questions and what is searched go through the same.</summary>
    public static SearchTerms Of(string text)
    {
        IReadOnlyList<TextWord> words = [.. TextWords.Of(text).Select(static word => word with { Term = WithoutAccents(word.Term) })];
        var parts = new List<TextWord>();
        for (var at = 0; at < words.Count; at++)
        {
            AddCode(parts, text, words, at);
            AddRuns(parts, text, words[at]);
        }

        return new SearchTerms(words, parts);
    }

    /// <summary>All terms, words first.</summary>
    public IEnumerable<string> All => Words.Concat(Parts).Select(static word => word.Term);

    /// <summary>The words as a text of terms.</summary>
    public string WordText => string.Join(' ', Words.Select(static word => word.Term));

    /// <summary>The parts as a text of terms.</summary>
    public string PartText => string.Join(' ', Parts.Select(static word => word.Term));

    /// <summary>Words that only a sign stands between, one of them with a digit, are a code.</summary>
    private static void AddCode(List<TextWord> parts, string text, IReadOnlyList<TextWord> words, int first)
    {
        if (first > 0 && AreJoined(text, words[first - 1], words[first]))
        {
            return;
        }

        var last = first;
        while (last + 1 < words.Count && words[last + 1].End - words[first].Start <= LongestCode && AreJoined(text, words[last], words[last + 1]))
        {
            last++;
        }

        var whole = text.AsSpan(words[first].Start, words[last].End - words[first].Start);
        if (last > first && whole.ContainsAnyInRange('0', '9'))
        {
            var code = new StringBuilder();
            foreach (var character in whole)
            {
                code.Append(char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character).ToString() : string.Empty);
            }

            parts.Add(new TextWord(words[first].Start, whole.Length, WithoutAccents(code.ToString())));
        }
    }

    private static void AddRuns(List<TextWord> parts, string text, TextWord word)
    {
        var span = text.AsSpan(word.Start, word.Length);
        if (!span.ContainsAnyInRange('0', '9') || !Contains(span, char.IsLetter))
        {
            return;
        }

        for (var start = 0; start < span.Length;)
        {
            var isDigit = char.IsDigit(span[start]);
            var end = start + 1;
            while (end < span.Length && char.IsDigit(span[end]) == isDigit)
            {
                end++;
            }

            if (end - start >= ShortestPart && (char.IsLetterOrDigit(span[start]) || end - start > ShortestPart))
            {
                var run = WithoutAccents(span[start..end].ToString().ToLowerInvariant().Trim('\'', '.', ','));
                if (run.Length >= ShortestPart)
                {
                    parts.Add(new TextWord(word.Start + start, end - start, WordStem.Of(run)));
                }
            }

            start = end;
        }
    }

    private static bool AreJoined(string text, TextWord word, TextWord next) =>
        next.Start == word.End + 1 && text[word.End] is '-' or '/' or '.' or '_' or '#' or ':' or '\\';

    private static bool Contains(ReadOnlySpan<char> span, Func<char, bool> isMeant)
    {
        foreach (var character in span)
        {
            if (isMeant(character))
            {
                return true;
            }
        }

        return false;
    }

    private static string WithoutAccents(string term)
    {
        if (Ascii.IsValid(term))
        {
            return term;
        }

        var bare = new StringBuilder(term.Length);
        foreach (var character in term)
        {
            bare.Append(Plain.TryGetValue(character, out var letters) ? letters : character.ToString());
        }

        return WordStem.Of(bare.ToString());
    }

    /// <summary>The letters of European languages without their accents. The base library knows them only where its globalisation data is installed.</summary>
    private static FrozenDictionary<char, string> PlainLetters()
    {
        string[] groups =
        [
            "aàáâãäåāăą", "cçćĉċč", "dďđð", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľŀł", "nñńņňŋ", "oòóôõöøōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
        ];
        return groups.SelectMany(static group => group.Skip(1).Select(accented => KeyValuePair.Create(accented, group[..1])))
            .Concat([KeyValuePair.Create('ß', "ss"), KeyValuePair.Create('æ', "ae"), KeyValuePair.Create('œ', "oe"), KeyValuePair.Create('þ', "th")])
            .ToFrozenDictionary();
    }
}
