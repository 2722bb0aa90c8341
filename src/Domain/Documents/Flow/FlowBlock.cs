using Idp.Domain.Kernel;

namespace Idp.Domain.Documents.Flow;

/// <summary>One part of a text that has no pages of its own. Texts may hold line breaks; tabs stand for a wide gap.</summary>
public abstract record FlowBlock;

/// <summary>A heading.</summary>
/// <param name="Level">From 1, the most important.</param>
/// <param name="Text">What it says.</param>
public sealed record FlowHeading(int Level, string Text) : FlowBlock;

/// <summary>A paragraph.</summary>
/// <param name="Text">What it says.</param>
public sealed record FlowParagraph(string Text) : FlowBlock;

/// <summary>An item of a list.</summary>
/// <param name="Depth">Lists around it, from 0.</param>
/// <param name="Marker">What stands before it: a bullet, a number.</param>
/// <param name="Text">What it says.</param>
public sealed record FlowItem(int Depth, string Marker, string Text) : FlowBlock;

/// <summary>A table.</summary>
/// <param name="Rows">Its rows, each with its cells from left to right; rows may differ in length.</param>
/// <param name="HeaderRows">How many first rows are headings, which are repeated on each page.</param>
public sealed record FlowTable(ValueList<ValueList<string>> Rows, int HeaderRows) : FlowBlock;

/// <summary>Text whose spaces and line ends are part of what it says.</summary>
/// <param name="Text">The lines.</param>
public sealed record FlowVerbatim(string Text) : FlowBlock;

/// <summary>A picture, which is a page of its own.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="File">The picture as PNG or JPEG, gray or in three colours, upright.</param>
public sealed record FlowPicture(int Width, int Height, ReadOnlyMemory<byte> File) : FlowBlock;

/// <summary>What follows begins on a new page.</summary>
public sealed record FlowPageBreak : FlowBlock;
