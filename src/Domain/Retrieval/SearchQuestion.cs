using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>One thing that a question asks for.</summary>
/// <param name="Term">What it is found by.</param>
/// <param name="Weight">How often it is asked for; less for what is only guessed from it.</param>
/// <param name="IsWord">True for a word of the question, false for a part or a compound of its words.</param>
public sealed record QuestionTerm(string Term, double Weight, bool IsWord);

/// <summary>A question, taken apart. Words in quotes must stand together; a word with a star stands for all that begin so.</summary>
/// <param name="Terms">What is asked for, each once, in the order of the question.</param>
/// <param name="Phrases">Words that must follow each other; stop words included.</param>
/// <param name="Prefixes">Beginnings of words.</param>
public sealed record SearchQuestion(ValueList<QuestionTerm> Terms, ValueList<ValueList<string>> Phrases, ValueList<string> Prefixes)
{
    private const int MostTerms = 64;
    private const int ShortestPrefix = 2;
    private const double CompoundWeight = 0.5;
    private const double PartWeight = 0.5;

    /// <summary>True when there is nothing to search for.</summary>
    public bool IsEmpty => Terms.Count == 0 && Prefixes.Count == 0;

    /// <summary>Takes a question apart; any text is one.</summary>
    public static SearchQuestion Parse(string text)
    {
        var analysed = SearchTerms.Of(text);
        var prefixes = analysed.Words.Where(word => IsPrefix(text, word)).ToList();
        var words = analysed.Words.Where(word => !prefixes.Contains(word)).ToList();
        var meant = words.Where(static word => !TextWords.IsStopTerm(word.Term)).ToList();
        var asked = (meant.Count > 0 ? meant : words).Select(static word => new QuestionTerm(word.Term, 1, true))
            .Concat(analysed.Parts.Select(static part => new QuestionTerm(part.Term, PartWeight, false)))
            .Concat(meant.Zip(meant.Skip(1)).Where(pair => AreNeighbours(text, pair.First, pair.Second)).Select(pair => Compound(text, pair.First, pair.Second)));
        return new SearchQuestion(
            asked.GroupBy(static term => term.Term, StringComparer.Ordinal)
                .Select(static same => new QuestionTerm(same.Key, same.Sum(static term => term.Weight), same.Any(static term => term.IsWord)))
                .Take(MostTerms).ToValueList(),
            PhrasesOf(text, words).ToValueList(),
            prefixes.Select(word => PrefixOf(text, word)).Distinct(StringComparer.Ordinal).Take(MostTerms).ToValueList());
    }

    private static bool IsPrefix(string text, TextWord word) => word.Length >= ShortestPrefix && word.End < text.Length && text[word.End] == '*';

    /// <summary>The shorter of the beginning as it is written and of its stem, so that <c>invoice*</c> finds what is kept as the stem of invoice.</summary>
    private static string PrefixOf(string text, TextWord word) =>
        word.Term.Length <= word.Length ? word.Term : text.Substring(word.Start, word.Length).ToLowerInvariant();

    private static bool AreNeighbours(string text, TextWord word, TextWord next) =>
        next.Start > word.End && text.AsSpan(word.End, next.Start - word.End).Trim(' ').IsEmpty && char.IsLetter(text[word.Start]) && char.IsLetter(text[next.Start]);

    /// <summary>Two words may be written as one: Best Buy, BESTBUY.</summary>
    private static QuestionTerm Compound(string text, TextWord word, TextWord next)
    {
        var joined = SearchTerms.Of(string.Concat(text.AsSpan(word.Start, word.Length), text.Substring(next.Start, next.Length).ToLowerInvariant()));
        return new QuestionTerm(joined.Words[0].Term, CompoundWeight, false);
    }

    private static IEnumerable<ValueList<string>> PhrasesOf(string text, List<TextWord> words)
    {
        for (var from = 0; from < text.Length;)
        {
            var start = text.IndexOfAny(['"', '\u201C', '\u201D'], from);
            var end = start < 0 ? -1 : text.IndexOfAny(['"', '\u201C', '\u201D'], start + 1);
            if (end < 0)
            {
                yield break;
            }

            var phrase = words.Where(word => word.Start > start && word.End <= end).Select(static word => word.Term).ToValueList();
            if (phrase.Count > 0)
            {
                yield return phrase;
            }

            from = end + 1;
        }
    }
}
