using System.Text.RegularExpressions;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>Tells printed words from what character recognition makes of dirt, handwriting and broken print.</summary>
internal static partial class WordShape
{
    private const int LongWord = 4;
    private const int LongestEntry = 300;

    /// <summary>True for letter cases that change within a word, signs that stand in no word, and long words without a vowel.</summary>
    public static bool IsOdd(Word word) =>
        MixedCase().IsMatch(word.Text) || OddSign().IsMatch(word.Text) || DigitInWord().IsMatch(word.Text)
        || (word.Text.Count(char.IsLetter) > LongWord && !word.Text.Any(IsVowel));

    /// <summary>True for what is filled in: days, amounts, telephone numbers, names with initials or titles, firms, places, short answers.</summary>
    public static bool IsFilledIn(string text) =>
        text.Length <= LongestEntry && Entry().IsMatch(text);

    private static bool IsVowel(char character) => "aeiouyAEIOUY".Contains(character, StringComparison.Ordinal) || character > '\u007f';

    [GeneratedRegex(
        @"\d\s?[/-]\s?\d{1,2}\s?[/-]\s?\d|\d{3}[ -]{1,3}\d{4}|[$#]\s?\d|\d,\d{3}|\d\s?%|^\d+(\.\d+)?$|^\d+(\.\d+)?\s?[a-z]{1,3}\.?$"
        + @"|\b(Mr|Mrs|Ms|Dr|Prof|Esq|Jr|Inc|Ltd|Corp|Co|Company|Corporation)\b\.?|(^|\s)[A-Z]\.\s?([A-Z]\.\s?)?[A-Z][a-z]+|,\s?[A-Z]{2}\s+\d{5}"
        + @"|\b(Jan|Feb|March|April|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?\s+\d|^(X|x|N\s?/\s?A|None|NONE|Yes|No|YES|Attached|See attached.*|Same)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Entry();

    [GeneratedRegex("[a-z][A-Z]+[a-z]*$|[A-Z]{2}[a-z]+[A-Z]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MixedCase();

    [GeneratedRegex("[~=<>{}^\\\\¢¥§©®«»‘“”•°£€*]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex OddSign();

    [GeneratedRegex("[a-z][0-9]+[a-z]|[A-Z]{2}[0-9][A-Z]{2}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DigitInWord();
}
