using Idp.Domain.Kernel;

namespace Idp.Domain.Documents.Flow;

/// <summary>A piece of a line.</summary>
/// <param name="X">From the left edge of the text in points.</param>
/// <param name="Size">The font's size in points.</param>
/// <param name="Font">The face.</param>
/// <param name="Text">The characters.</param>
internal readonly record struct LinePart(double X, double Size, FlowFont Font, string Text);

/// <summary>One line before it has a place.</summary>
/// <param name="Height">What it takes of the page in points.</param>
/// <param name="Parts">Its pieces, from left to right.</param>
internal sealed record FlowLine(double Height, ValueList<LinePart> Parts);

/// <summary>Lines that stay on one page, unless they would not fit on any.</summary>
/// <param name="SpaceBefore">Room above them in points, except at the top of a page.</param>
/// <param name="Lines">The lines.</param>
internal sealed record LineUnit(double SpaceBefore, ValueList<FlowLine> Lines)
{
    /// <summary>Room in points that must be left below them on the page for what they announce.</summary>
    public double RoomBelow { get; init; }
}

/// <summary>Units for which pages have one width.</summary>
/// <param name="TextWidth">Width of the text in points.</param>
/// <param name="Repeated">What each further page begins with.</param>
/// <param name="Units">The units.</param>
internal sealed record LineSection(double TextWidth, ValueList<FlowLine> Repeated, IEnumerable<LineUnit> Units);
