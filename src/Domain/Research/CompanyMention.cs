using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Research;

/// <summary>Finds a company's name in texts: whole, in any letter case, with or without its legal form, and not as the beginning of another name.</summary>
public sealed class CompanyMention
{
    private static readonly HashSet<string> LegalForms =
        "inc incorporated corp corporation ltd limited llc llp plc gmbh ag sa se nv bv ab oy as kk co company holding holdings group the"
            .Split(' ').Select(WordStem.Of).ToHashSet(StringComparer.Ordinal);

    private readonly string[] _terms;

    private CompanyMention(string[] terms) => _terms = terms;

    /// <summary>What to look for.</summary>
    public static CompanyMention Of(string company)
    {
        var all = TextWords.TermsOf(company);
        var own = all.Where(static term => !LegalForms.Contains(term)).ToArray();
        return new CompanyMention(own.Length > 0 ? own : [.. all]);
    }

    /// <summary>True when a text names the company.</summary>
    public bool IsIn(string text) => IsIn(text, TextWords.Of(text));

    /// <summary>True when a text of these words names the company.</summary>
    public bool IsIn(string text, IReadOnlyList<TextWord> words)
    {
        for (var start = 0; _terms.Length > 0 && start + _terms.Length <= words.Count; start++)
        {
            if (IsAt(words, start) && (_terms.Length > 1 || !BeginsAnotherName(text, words, start)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAt(IReadOnlyList<TextWord> words, int start)
    {
        for (var index = 0; index < _terms.Length; index++)
        {
            if (words[start + index].Term != _terms[index])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A single word may be the beginning of a longer name: "Falcon" is not "Falcon Airways". In headings all words begin with capitals, so there nothing can be told.</summary>
    private static bool BeginsAnotherName(string text, IReadOnlyList<TextWord> words, int at)
    {
        if (at + 1 >= words.Count || words[at + 1].Start != words[at].End + 1 || text[words[at].End] != ' ' || LegalForms.Contains(words[at + 1].Term))
        {
            return false;
        }

        var next = text.AsSpan(words[at + 1].Start, words[at + 1].Length);
        var isName = char.IsUpper(next[0]) && next.Length > 1 && char.IsLower(next[1]);
        return isName && 2 * words.Count(word => char.IsUpper(text[word.Start])) <= words.Count;
    }
}
