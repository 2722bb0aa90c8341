using System.Text.RegularExpressions;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>
/// Reads the kind of account from headings (<c>STUDENT CHECKING ACCOUNT SUMMARY</c>) and from the words before an account number.
/// </summary>
internal static partial class AccountTypeReader
{
    private const int Timeout = 250;

    /// <summary>All readings of a page.</summary>
    public static IEnumerable<FieldReading> Read(ExtractionSchema schema, PageView view)
    {
        var field = schema.Fields.FirstOrDefault(candidate => candidate.Name == "account_type");
        if (field is null)
        {
            yield break;
        }

        foreach (var line in view.Segments.GroupBy(segment => segment.Line))
        {
            var words = line.SelectMany(segment => segment.Words).ToList();
            var heading = Heading().Match(string.Join(' ', words.Select(word => word.Text)));
            if (words.Count <= 8 && heading.Success
                && Make(field, view, ProductWords.Repair(heading.Groups["type"].Value, view.Page.Source), words, 0.95) is { } fromHeading)
            {
                yield return fromHeading;
            }
        }

        foreach (var segment in view.Segments)
        {
            var phrase = Phrase().Match(segment.Text);
            if (phrase.Success
                && Make(field, view, phrase.Groups["type"].Value, WordsAt(segment, phrase.Groups["type"]), 0.4) is { } fromPhrase)
            {
                yield return fromPhrase;
            }
        }
    }

    private static FieldReading? Make(FieldDefinition field, PageView view, string printed, List<Word> words, double strength) =>
        words.Count > 0 && ValueNormalizer.Normalize(field, printed) is { } value && ProductWords.Names(value)
            ? new FieldReading(field, value, printed, view.Page.Number, [words], new ConfidenceSignals(ValuePlace.Unlabelled, strength, 0, 1))
            : null;

    private static List<Word> WordsAt(Segment segment, Group group)
    {
        var words = new List<Word>();
        var at = 0;
        foreach (var word in segment.Words)
        {
            if (at >= group.Index && at + word.Text.Length <= group.Index + group.Length)
            {
                words.Add(word);
            }

            at += word.Text.Length + 1;
        }

        return words;
    }

    [GeneratedRegex(
        @"^(?<type>[A-Za-z&' -]{4,40}?) +(?:account|acct)\.? +(?:summary|statement|activity|details?|information|overview)$",
        RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"\b(?<type>(?:(?:student|premium|basic|business|personal|regular|free|interest|advantage|classic|senior|high yield|joint) )?(?:money market|checking|savings|certificate of deposit|share draft))(?: account| acct| a/c)?(?: number| nbr| no\.?| #)* *[#:]* *[0-9*xX]",
        RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Phrase();
}
