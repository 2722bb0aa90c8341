using System.Text.RegularExpressions;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Prepares the words of a form: rules and dotted blanks are taken out, and what they and colons separate is cut apart.</summary>
/// <param name="Page">The page with the cleaned words.</param>
/// <param name="AfterBlank">Words that follow an underline or a dotted blank: what is filled in stands there.</param>
/// <param name="AfterRule">Words that follow a vertical rule: a new cell begins there.</param>
internal sealed partial record FormWords(Page Page, HashSet<Word> AfterBlank, HashSet<Word> AfterRule)
{
    /// <summary>Marks below this confidence that say nothing are taken for dirt.</summary>
    private const double DirtConfidence = 0.5;

    /// <summary>Nothing that is printed on forms is longer; hostile pages are.</summary>
    private const int LongestWord = 200;

    public static FormWords Of(Page page)
    {
        var words = new List<Word>();
        var afterBlank = new HashSet<Word>();
        var afterRule = new HashSet<Word>();
        var (blankSeen, ruleSeen) = (false, false);
        foreach (var word in page.Words.Where(word => word.Text.Length <= LongestWord))
        {
            foreach (Match part in Part().Matches(word.Text))
            {
                if (part.Groups["blank"].Success)
                {
                    var isRule = part.Value is "|" or "[" or "]";
                    (blankSeen, ruleSeen) = (blankSeen || !isRule, ruleSeen || isRule);
                    continue;
                }

                var piece = part.Length == word.Text.Length ? word : Piece(word, part);
                if (piece.Text.Any(char.IsLetterOrDigit) ? !IsDirt(piece) : piece.Text is ":" or "$" or "#" or "%" or "&" or "-" or "/")
                {
                    words.Add(piece);
                    if (blankSeen)
                    {
                        afterBlank.Add(piece);
                    }

                    if (ruleSeen)
                    {
                        afterRule.Add(piece);
                    }
                }

                (blankSeen, ruleSeen) = (false, false);
            }
        }

        return new FormWords(page with { Words = words.ToValueList() }, afterBlank, afterRule);
    }

    private static bool IsDirt(Word word) => word.Text.Length == 1 && char.IsLower(word.Text[0]) && word.Confidence.Value < DirtConfidence;

    /// <summary>A part of a word gets the part of its box that its characters take.</summary>
    private static Word Piece(Word word, Match part)
    {
        var width = word.Box.Width / word.Text.Length;
        return word with
        {
            Text = part.Value,
            Box = word.Box with { X = word.Box.X + (width * part.Index), Width = width * part.Length },
        };
    }

    // A blank is a run of underscores or dots, or a vertical rule; a word may end with a colon that another word follows without a space.
    [GeneratedRegex(@"(?<blank>_+|\.{3,}|[|\[\]]|[—–]{2,}|-{3,}|={2,})|[A-Za-z][^_|\[\]:—–=]*?:(?=[^_|\[\]:/\\])|(?:(?!_|\.{3,}|[|\[\]]|[—–]{2,}|-{3,}|={2,}).)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Part();
}
