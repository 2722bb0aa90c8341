using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A word of a line, or the part of one: <c>ACCTNBR:7009885</c> is a label and a number.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Box">Where the word stands.</param>
/// <param name="Confidence">How sure the reader is, 0 to 1.</param>
/// <param name="Segment">The place of its segment in the line, from 0.</param>
internal sealed record LineToken(string Text, Box Box, double Confidence, int Segment);

/// <summary>The lines of a page as tokens, in printed order.</summary>
/// <param name="Page">The page, upright and without skew.</param>
/// <param name="Lines">Tokens line by line, from left to right.</param>
/// <param name="Layout">The lines themselves.</param>
internal sealed record PageTokens(Page Page, IReadOnlyList<IReadOnlyList<LineToken>> Lines, IReadOnlyList<TextLine> Layout)
{
    /// <summary>True when the words come from recognition.</summary>
    public bool Recognised => Page.Source is PageSource.Ocr;

    /// <summary>Straightens a page and cuts it into lines and tokens.</summary>
    public static PageTokens Of(Page page)
    {
        var straight = PageStraightener.Straighten(page);
        var layout = straight.Words.Count is 0 ? [] : PageLayout.LinesOf(straight);
        return new PageTokens(straight, layout.Select(TokensOf).ToList(), layout);
    }

    private static IReadOnlyList<LineToken> TokensOf(TextLine line)
    {
        var tokens = new List<LineToken>();
        for (var segment = 0; segment < line.Segments.Count; segment++)
        {
            foreach (var word in line.Segments[segment].Words)
            {
                tokens.AddRange(Parts(word.Text).Select(part => new LineToken(part, word.Box, word.Confidence.Value, segment)));
            }
        }

        return tokens;
    }

    /// <summary>Cuts a word where a label ends and a number begins; other words stay whole.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var cut = text.IndexOfAny(['#', ':']) + 1;
        if (cut <= 0 || cut >= text.Length)
        {
            cut = 0;
            while (cut < text.Length && !char.IsAsciiDigit(text[cut]))
            {
                cut++;
            }

            cut = cut > 1 && cut < text.Length && AccountLabels.StrengthOf(AccountLabels.Squash(text[..cut]), recognised: false) is LabelStrength.Numbered ? cut : 0;
        }

        return cut > 0 && text[..cut].Any(char.IsLetter) ? [text[..cut], text[cut..]] : [text];
    }
}
