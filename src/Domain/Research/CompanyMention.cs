using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Research;

/// <summary>Finds a company's name in texts: whole, in any letter case, with or without its legal form, and not as the beginning of another name.</summary>
public sealed class CompanyMention
{
    /// <summary>A shorter word alone is too likely to be one of the language.</summary>
    private const int ShortestShortForm = 5;

    private static readonly HashSet<string> LegalForms =
        "inc incorporated corp corporation ltd limited llc llp plc gmbh ag sa se nv bv ab oy as kk co company holding holdings group the"
            .Split(' ').Select(WordStem.Of).ToHashSet(StringComparer.Ordinal);

    private readonly string[] _words;

    private CompanyMention(string[] words) => _words = words;

    /// <summary>
    /// The first word of the name, by which texts that named it whole go on; null where the name is one word, or begins with a short one.
    /// </summary>
    public CompanyMention? ShortForm => _words.Length > 1 && _words[0].Length >= ShortestShortForm ? new CompanyMention([_words[0]]) : null;

    /// <summary>What to look for.</summary>
    public static CompanyMention Of(string company)
    {
        var all = TextWords.Of(company);
        var own = all.Where(static word => !LegalForms.Contains(word.Term)).ToList();
        var used = own.Count > 0 ? own : all;
        return new CompanyMention([.. used.Select(word => Bare(company.AsSpan(word.Start, word.Length)).ToString())]);
    }

    /// <summary>True when a text names the company.</summary>
    public bool IsIn(string text) => IsIn(text, TextWords.Of(text));

    /// <summary>True when a text of these words names the company.</summary>
    public bool IsIn(string text, IReadOnlyList<TextWord> words) => IsIn(text, words, isHeading: false);

    /// <summary>True when a heading names the company; where a word with a capital follows a name of one word, it is taken for another's.</summary>
    public bool IsInHeading(string heading) => IsIn(heading, TextWords.Of(heading), isHeading: true);

    /// <summary>True for an address whose host is called like the company, or by its short form: what stands there is said by it.</summary>
    public bool IsHostOf(string url)
    {
        if (_words.Length == 0 || !Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return false;
        }

        var labels = address.Host.Split('.').Select(static label => label.Replace("-", string.Empty, StringComparison.Ordinal)).ToList();
        return labels.Contains(string.Concat(_words), StringComparer.OrdinalIgnoreCase) || ShortForm?.IsHostOf(url) == true;
    }

    private bool IsIn(string text, IReadOnlyList<TextWord> words, bool isHeading)
    {
        for (var start = 0; _words.Length > 0 && start + _words.Length <= words.Count; start++)
        {
            if (IsAt(text, words, start) && (_words.Length > 1 || !BeginsAnotherName(text, words, start, isHeading)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names have no forms but the possessive: "Waters" is not "water". One word with a capital is not the same word without.</summary>
    private bool IsAt(string text, IReadOnlyList<TextWord> words, int start)
    {
        for (var index = 0; index < _words.Length; index++)
        {
            var word = words[start + index];
            if (!Bare(text.AsSpan(word.Start, word.Length)).Equals(_words[index], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return _words.Length > 1 || !char.IsUpper(_words[0][0]) || !char.IsLower(text[words[start].Start]);
    }

    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> word) => word.Length > 2 && word[^1] is 's' && word[^2] is '\'' or '\u2019' ? word[..^2] : word;

    /// <summary>A single word may be the beginning of a longer name: "Falcon" is not "Falcon Airways". Where most words begin with capitals, as in headings, nothing can be told.</summary>
    private static bool BeginsAnotherName(string text, IReadOnlyList<TextWord> words, int at, bool isHeading)
    {
        if (at + 1 >= words.Count || words[at + 1].Start != words[at].End + 1 || text[words[at].End] != ' ' || LegalForms.Contains(words[at + 1].Term))
        {
            return false;
        }

        var next = text.AsSpan(words[at + 1].Start, words[at + 1].Length);
        var isName = char.IsUpper(next[0]) && next.Length > 1 && char.IsLower(next[1]);
        return isName && (isHeading || 2 * words.Count(word => char.IsUpper(text[word.Start])) <= words.Count);
    }
}
