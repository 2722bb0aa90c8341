using System.Text.RegularExpressions;
using Idp.Simulators.Web;

namespace Idp.Simulators.Http;

/// <summary>The short content of a search result: the paragraphs that have most of the query's words.</summary>
internal static partial class SearchSnippet
{
    private const int MostCharacters = 500;

    /// <summary>So many pieces of a text, in the order of the text.</summary>
    public static string Of(string text, string query, int pieces)
    {
        var words = QuerySubject.Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var best = Paragraphs(text)
            .Select(static (paragraph, index) => (paragraph, index))
            .OrderByDescending(entry => QuerySubject.Fold(entry.paragraph).Split(' ').Distinct().Count(words.Contains))
            .Take(pieces)
            .OrderBy(static entry => entry.index)
            .Select(static entry => entry.paragraph.Length > MostCharacters ? entry.paragraph[..MostCharacters] : entry.paragraph);
        return string.Join(" [...] ", best);
    }

    /// <summary>A text without the marks of Markdown headings.</summary>
    public static string WithoutMarks(string text) => HeadingMarks().Replace(text, string.Empty);

    private static IEnumerable<string> Paragraphs(string text) =>
        WithoutMarks(text).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex("(?m)^#{1,6} +", RegexOptions.NonBacktracking)]
    private static partial Regex HeadingMarks();
}
