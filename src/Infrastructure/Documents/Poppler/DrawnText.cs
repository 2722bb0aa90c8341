using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Infrastructure.Documents.Poppler;

/// <summary>How much text a page draws so that it can be seen, as <c>pdftohtml -xml</c> tells: it leaves invisible text out.</summary>
internal static partial class DrawnText
{
    /// <summary>Characters of drawn text a page, white space not counted.</summary>
    /// <param name="xml">What the tool printed.</param>
    public static IReadOnlyDictionary<int, int> CountByPage(string xml)
    {
        var counts = new Dictionary<int, int>();
        var page = 0;
        foreach (Match match in PageOrText().Matches(xml))
        {
            if (match.Groups["page"].Success)
            {
                _ = int.TryParse(match.Groups["page"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out page);
                counts.TryAdd(page, 0);
            }
            else if (counts.ContainsKey(page))
            {
                counts[page] += CharactersIn(match.Groups["text"].ValueSpan);
            }
        }

        return counts;
    }

    private static int CharactersIn(ReadOnlySpan<char> markup)
    {
        var (count, inTag, inEntity) = (0, false, false);
        foreach (var character in markup)
        {
            (inTag, inEntity) = character switch
            {
                '<' => (true, false),
                '>' => (false, false),
                '&' => (inTag, true),
                ';' => (inTag, false),
                _ => (inTag, inEntity),
            };
            count += !inTag && !inEntity && character != '>' && !char.IsWhiteSpace(character) ? 1 : 0;
        }

        return count;
    }

    [GeneratedRegex("""<page number="(?<page>\d{1,9})"|<text [^>\n]*>(?<text>[^\n]*)</text>""", RegexOptions.NonBacktracking)]
    private static partial Regex PageOrText();
}
