using Idp.Domain.Kernel;

namespace Idp.Domain.Documents.Flow;

/// <summary>A line of text in its place.</summary>
/// <param name="X">Left end in points from the left edge of the page.</param>
/// <param name="Baseline">In points from the top edge of the page.</param>
/// <param name="Size">The font's size in points.</param>
/// <param name="Font">The face.</param>
/// <param name="Text">The characters, without line breaks.</param>
public sealed record PlacedText(double X, double Baseline, double Size, FlowFont Font, string Text);

/// <summary>A page with its lines of text.</summary>
/// <param name="Size">Its size in points.</param>
/// <param name="Texts">The texts, in reading order.</param>
public sealed record ComposedPage(PageSize Size, ValueList<PlacedText> Texts)
{
    /// <summary>A picture that fills the page; null for none.</summary>
    public FlowPicture? Picture { get; init; }
}
