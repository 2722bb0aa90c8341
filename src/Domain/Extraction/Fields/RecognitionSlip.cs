using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Tells a value from the form that a slip of recognition gave it.</summary>
internal static class RecognitionSlip
{
    /// <summary>Words less sure than this were badly recognised.</summary>
    private const double BadlyRecognised = 0.85;

    /// <summary>So many characters of a text may have been misread: one in this many.</summary>
    private const int CharactersPerSlip = 8;

    /// <summary>True when the second form is what the first must have been printed as.</summary>
    /// <param name="read">The value as recognised.</param>
    /// <param name="clean">The value as a model has it.</param>
    /// <param name="isBadlyRecognised">True when the words were, null when nobody knows: then the form itself must tell.</param>
    public static bool IsCleanForm(string read, string clean, bool? isBadlyRecognised)
    {
        var (first, second) = (PageText.Letters(read), PageText.Letters(clean));
        var looksAlike = first != second && PageText.Fold(first) == PageText.Fold(second);
        return isBadlyRecognised switch
        {
            true => Oddness(clean) <= Oddness(read),
            false => false,
            null => looksAlike && Oddness(clean) < Oddness(read),
        };
    }

    /// <summary>True when the words of the best place come from recognition and one was badly recognised; null without pages.</summary>
    public static bool? IsBadlyRecognised(ValueList<Evidence> evidence, IReadOnlyList<Page>? pages)
    {
        if (pages is null || evidence.Count is 0 || pages.FirstOrDefault(page => page.Number == evidence[0].Page) is not { } page)
        {
            return null;
        }

        return page.Source is PageSource.Ocr && page.Words.Any(word => word.Confidence.Value < BadlyRecognised
            && evidence[0].Boxes.Any(box => box.Intersection(word.Box).Area >= 0.5 * word.Box.Area && word.Box.Area > 0));
    }

    /// <summary>True for two readings of the same words of a page that differ by what a slip, or a shorter choice of words, makes of a text.</summary>
    public static bool AreOneValue(ExtractedField first, ExtractedField second)
    {
        if (first.Type is not (FieldType.Name or FieldType.Address or FieldType.Text or FieldType.Category))
        {
            return false;
        }

        var (left, right) = (PageText.Letters(first.Value), PageText.Letters(second.Value));
        if (PageText.Fold(left) == PageText.Fold(right) || HaveSameWords(first.Value, second.Value))
        {
            return true;
        }

        var isOnePlace = first.Evidence.Any(place => second.Evidence.Any(other => FieldPlace.IsSame(place, other)));
        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        var slips = shorter.Length / CharactersPerSlip;
        return isOnePlace && shorter.Length > 0
            && ((longer.Contains(shorter, StringComparison.Ordinal) && 2 * shorter.Length >= longer.Length)
                || (slips > 0 && EditDistance.Between(shorter, longer, slips) <= slips && PrintedText.Digits(left) == PrintedText.Digits(right)));
    }

    /// <summary>True for the same words in another order: <c>Villanueva, Zelda</c>.</summary>
    private static bool HaveSameWords(string first, string second) => WordsOf(first).SequenceEqual(WordsOf(second), StringComparer.Ordinal);

    private static IEnumerable<string> WordsOf(string text) => LooseText.Fold(text).Split(' ').Order(StringComparer.Ordinal);

    /// <summary>How many characters stand where no writer puts them: digits among letters, capitals behind small letters, stray marks.</summary>
    private static int Oddness(string text)
    {
        var odd = text.Count(character => character is '|' or '~' or '_' or '\\' or '{' or '}' or '<' or '>' or '^' or '\u00B0');
        for (var at = 1; at < text.Length; at++)
        {
            var (before, here) = (text[at - 1], text[at]);
            odd += (char.IsLetter(before) && char.IsAsciiDigit(here)) || (char.IsAsciiDigit(before) && char.IsLetter(here))
                || (char.IsLower(before) && char.IsUpper(here)) ? 1 : 0;
        }

        return odd;
    }
}
