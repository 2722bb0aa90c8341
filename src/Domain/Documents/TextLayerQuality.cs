using System.Buffers;
using System.Globalization;
using System.Text;

namespace Idp.Domain.Documents;

/// <summary>What a text layer is worth.</summary>
public enum TextLayerVerdict
{
    /// <summary>The layer says what the page shows.</summary>
    Usable,

    /// <summary>Nothing is printed on the page, and the layer says nothing.</summary>
    Blank,

    /// <summary>The page shows something and the layer has no visible word.</summary>
    Missing,

    /// <summary>The layer has a few words, and most of what the page shows is an image or drawn without text.</summary>
    Sparse,

    /// <summary>The characters are not the ones that the page shows: glyphs without a meaning, or a wrong encoding.</summary>
    Garbage,

    /// <summary>Much of the layer cannot be seen, or stands on top of other words.</summary>
    NotWhatThePageShows,
}

/// <summary>What looking at the page showed, beside its words.</summary>
/// <param name="HiddenWords">Words of the layer without ink where they should stand; they are not among the page's words.</param>
/// <param name="InkShare">Share of the page's pixels that belong to something printed, 0 to 1.</param>
/// <param name="InkOutsideWords">Share of that ink that stands outside all words, 0 to 1.</param>
/// <param name="ImageShare">Share of the page that images cover, 0 to 1.</param>
/// <param name="DrawnTextShare">Share of the layer's characters that are drawn as text and not hidden under an image, 0 to 1.</param>
public sealed record PageSight(int HiddenWords, double InkShare, double InkOutsideWords, double ImageShare, double DrawnTextShare);

/// <summary>Judges whether a page's own text can be believed.</summary>
public static class TextLayerQuality
{
    /// <summary>Less ink than this is dust.</summary>
    public const double BlankInkShare = 0.00002;

    private const double FullPageImage = 0.6;
    private const double LargeImage = 0.25;
    private const double HiddenWordsTolerated = 0.3;
    private const double StackedWordsTolerated = 0.2;
    private const double BadCharactersTolerated = 0.1;
    private const double FewestVowels = 0.26;
    private const int FewWords = 25;
    private const int ManyWords = 100;
    private const int EnoughForStatistics = 20;

    /// <summary>Judges a layer.</summary>
    /// <param name="words">The words that can be seen, in reading order.</param>
    /// <param name="sight">What looking at the page showed.</param>
    public static TextLayerVerdict Judge(IReadOnlyList<Word> words, PageSight sight)
    {
        if (words.Count == 0)
        {
            return sight.InkShare < BlankInkShare && sight.HiddenWords == 0 ? TextLayerVerdict.Blank : TextLayerVerdict.Missing;
        }

        if (IsGarbage(words))
        {
            return TextLayerVerdict.Garbage;
        }

        var hidden = (double)sight.HiddenWords / (words.Count + sight.HiddenWords);
        if (hidden > HiddenWordsTolerated
            || StackedShare(words) > StackedWordsTolerated
            || (sight.ImageShare >= FullPageImage && sight.DrawnTextShare < 0.5))
        {
            return TextLayerVerdict.NotWhatThePageShows;
        }

        return IsSparse(words.Count, sight) ? TextLayerVerdict.Sparse : TextLayerVerdict.Usable;
    }

    private static bool IsSparse(int words, PageSight sight) => sight switch
    {
        { ImageShare: >= FullPageImage } => words < ManyWords && sight.InkOutsideWords > 0.5,
        { ImageShare: >= LargeImage } => words < FewWords * 2 && sight.InkOutsideWords > 0.6,
        _ => words < FewWords && sight.InkOutsideWords > 0.9 && sight.InkShare > 0.02,
    };

    /// <summary>True when the characters cannot be what the page shows.</summary>
    /// <param name="words">The words of the layer.</param>
    public static bool IsGarbage(IReadOnlyList<Word> words)
    {
        var (characters, bad) = (0, 0);
        foreach (var rune in words.SelectMany(static word => word.Text.EnumerateRunes()))
        {
            characters++;
            bad += IsMeaningless(rune) ? 1 : 0;
        }

        return bad > characters * BadCharactersTolerated || IsShifted(words) || IsSymbols(words);
    }

    // A font without a Unicode map prints letters moved along the alphabet. In every Latin script a third of the letters or more are vowels.
    private static bool IsShifted(IReadOnlyList<Word> words)
    {
        var latin = words.Where(static word => word.Text.Length >= 4 && word.Text.All(char.IsAsciiLetter) && !IsAcronym(word.Text)).ToList();
        var letters = latin.Sum(static word => word.Text.Length);
        return latin.Count >= EnoughForStatistics && latin.Sum(static word => word.Text.Count(Vowels.Contains)) < letters * FewestVowels;
    }

    private static bool IsSymbols(IReadOnlyList<Word> words) =>
        words.Count >= EnoughForStatistics
        && words.Count(static word => word.Text.Length >= 3 && !word.Text.Any(char.IsLetterOrDigit) && word.Text.Distinct().Count() > 2)
            > words.Count / 2;

    private static bool IsAcronym(string text) => text.Length <= 5 && text.All(char.IsAsciiLetterUpper);

    private static bool IsMeaningless(Rune rune) =>
        rune.Value == 0xFFFD
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.Control
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;

    // Two layers of text over each other: what a person reads is one of them, and nobody knows which.
    private static double StackedShare(IReadOnlyList<Word> words)
    {
        const int cells = 64;
        var grid = new Dictionary<(int Column, int Row), List<Word>>();
        var stacked = 0;
        foreach (var word in words)
        {
            var cell = ((int)(word.Box.CenterX * cells), (int)(word.Box.CenterY * cells));
            var neighbours = grid.TryGetValue(cell, out var found) ? found : grid[cell] = [];
            if (neighbours.Take(32).Any(other => other.Text != word.Text && other.Box.OverlapRatio(word.Box) > 0.5))
            {
                stacked++;
            }

            neighbours.Add(word);
        }

        return 2.0 * stacked / words.Count;
    }

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyAEIOUY");
}
