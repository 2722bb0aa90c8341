using Idp.Domain.Kernel.Costs;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval;

/// <summary>A part of what is summed up: a page, a part of one, or the summary of several.</summary>
/// <param name="Page">The page that it begins on.</param>
/// <param name="Text">Its text.</param>
internal sealed record SummaryPiece(int Page, string Text)
{
    private const int ShortestPart = 200;

    /// <summary>About how many tokens it makes.</summary>
    public int Tokens { get; } = TokenCount.Estimate(Text);

    /// <summary>True when it is not divided any more.</summary>
    public bool IsShort => Text.Length < ShortestPart;

    /// <summary>The pages that say something, each in parts of at most so many tokens.</summary>
    public static IEnumerable<SummaryPiece> Of(IEnumerable<CleanedPage> pages, int mostTokens) => pages
        .Select(static page => new SummaryPiece(page.Number, page.ToMarkdown())).Where(static piece => piece.Text.Length > 0).SelectMany(piece => piece.Within(mostTokens));

    /// <summary>Divides pieces into as few packs of neighbours as so many tokens allow; a larger piece stands alone.</summary>
    public static IReadOnlyList<IReadOnlyList<SummaryPiece>> Pack(IEnumerable<SummaryPiece> pieces, int mostTokens) => TokenPacks.Of(pieces, static piece => piece.Tokens, mostTokens);

    /// <summary>Its halves: divided at the end of a line, else between words.</summary>
    public IReadOnlyList<SummaryPiece> Halves()
    {
        var middle = Text.Length / 2;
        var at = Text.LastIndexOf('\n', middle) is > 0 and var line && line > middle / 2 ? line : Text.LastIndexOf(' ', middle) is > 0 and var space ? space : middle;
        at -= char.IsLowSurrogate(Text[at]) ? 1 : 0;
        return [new SummaryPiece(Page, Text[..at]), new SummaryPiece(Page, Text[at..])];
    }

    private IEnumerable<SummaryPiece> Within(int mostTokens) => Tokens <= mostTokens || IsShort ? [this] : Halves().SelectMany(half => half.Within(mostTokens));
}
