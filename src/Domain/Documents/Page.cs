using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>Where a page's words come from.</summary>
public enum PageSource
{
    /// <summary>The file's own text.</summary>
    TextLayer,

    /// <summary>Optical character recognition.</summary>
    Ocr,
}

/// <summary>One word as it stands on the page.</summary>
/// <param name="Text">The characters, without white space.</param>
/// <param name="Box">Where it stands on the upright page.</param>
/// <param name="Confidence">How sure the reader is of the characters; 1 for a text layer.</param>
public sealed record Word(string Text, Box Box, Confidence Confidence);

/// <summary>The size of an upright page in points (1/72 inch).</summary>
/// <param name="Width">Width in points; positive.</param>
/// <param name="Height">Height in points; positive.</param>
public readonly record struct PageSize(double Width, double Height);

/// <summary>One page, read: upright, as words in reading order.</summary>
/// <param name="Number">The page's place in the document, from 1.</param>
/// <param name="Size">Size after turning upright.</param>
/// <param name="Rotation">Clockwise degrees by which the page was turned to stand upright: 0, 90, 180 or 270.</param>
/// <param name="Source">Where the words come from.</param>
/// <param name="IsBlank">True when nothing is printed on the page.</param>
/// <param name="Words">The words in reading order.</param>
/// <param name="Text">The words as plain text, one printed line a line.</param>
public sealed record Page(
    int Number, PageSize Size, int Rotation, PageSource Source, bool IsBlank, ValueList<Word> Words, string Text)
{
    /// <summary>True when boxes are worked out from the layout of the text, because whoever recognised the page tells no places of words.</summary>
    public bool HasEstimatedBoxes { get; init; }
}
