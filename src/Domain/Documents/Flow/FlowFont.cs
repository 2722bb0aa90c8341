using System.Globalization;
using System.Text;

namespace Idp.Domain.Documents.Flow;

/// <summary>The faces that pages are set in; all of them are among the standard fonts that every reader of PDF has.</summary>
public enum FlowFont
{
    /// <summary>Helvetica.</summary>
    Regular,

    /// <summary>Helvetica Bold.</summary>
    Bold,

    /// <summary>Courier.</summary>
    Fixed,
}

/// <summary>Widths of characters in thousandths of the font's size, as published by Adobe for the standard fonts of PDF.</summary>
public static class FontMetrics
{
    /// <summary>Width of a character of the fixed font, and of any that the fonts do not have.</summary>
    public const int FixedWidth = 600;

    /// <summary>Width of a character of a script whose letters are squares.</summary>
    public const int SquareWidth = 1000;

    private const int First = ' ';

    private static readonly short[] Regular =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly short[] Bold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
        975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
        333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    /// <summary>U+00A0 to U+00FF.</summary>
    private static readonly short[] RegularWestern =
    [
        278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333, 400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
        667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
        556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278, 556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
    ];

    private static readonly short[] BoldWestern =
    [
        278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 333, 400, 584, 333, 333, 333, 611, 556, 278, 333, 333, 365, 556, 834, 834, 834, 611,
        722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
        556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278, 611, 611, 611, 611, 611, 611, 611, 584, 611, 611, 611, 611, 611, 556, 611, 556,
    ];

    /// <summary>Width of a text in points.</summary>
    /// <param name="text">One line.</param>
    /// <param name="font">The face.</param>
    /// <param name="size">The font's size in points.</param>
    public static double WidthOf(ReadOnlySpan<char> text, FlowFont font, double size)
    {
        var thousandths = 0L;
        foreach (var rune in text.EnumerateRunes())
        {
            thousandths += WidthOf(rune, font);
        }

        return thousandths * size / 1000;
    }

    /// <summary>Width of a character in thousandths of the font's size.</summary>
    public static int WidthOf(Rune character, FlowFont font) => character.Value switch
    {
        < First => 0,
        > 0xFF when Rune.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
        _ when font == FlowFont.Fixed => IsSquare(character.Value) ? SquareWidth : FixedWidth,
        <= '~' => (font == FlowFont.Bold ? Bold : Regular)[character.Value - First],
        >= 0xA0 and <= 0xFF => (font == FlowFont.Bold ? BoldWestern : RegularWestern)[character.Value - 0xA0],
        0x2018 or 0x2019 or 0x201A => font == FlowFont.Bold ? 278 : 222,
        0x201C or 0x201D or 0x201E => font == FlowFont.Bold ? 500 : 333,
        0x2022 => 350,
        0x2014 or 0x2026 or 0x2122 => SquareWidth,
        _ when IsSquare(character.Value) => SquareWidth,
        _ => FixedWidth,
    };

    // Chinese, Japanese and Korean letters and their punctuation, and pictures.
    private static bool IsSquare(int value) =>
        value is (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F000 and <= 0x3FFFF);
}
