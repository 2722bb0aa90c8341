using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>What makes printed words look like the caption of an entry.</summary>
internal static partial class Captions
{
    private const int MostWords = 7;

    /// <summary>True when a cell with a colon can be a key: it has letters, or is a number sign. Times of day have neither.</summary>
    public static bool HasText(FormCell cell) => cell.Text.Any(char.IsLetter) || cell.Text.StartsWith('#');

    /// <summary>True when the text has letters, and capitals only.</summary>
    public static bool IsCapitals(string text) => PrintedText.IsUpper(text);

    /// <summary>True when a cell without a colon could be a caption: a few words, no sentence, hardly a digit.</summary>
    public static bool LooksLikeCaption(FormCell cell)
    {
        var text = cell.Text.Trim('*', '(', ')', '"', '\'', '.', ',', '-', '•');
        var letters = text.Count(char.IsLetter);
        var digits = text.Count(char.IsAsciiDigit);
        var words = cell.Run.Words.Count;
        return !cell.FollowsBlank && letters >= 2 && digits * 4 <= letters && words <= MostWords
            && char.IsUpper(text.FirstOrDefault(char.IsLetter))
            && !text.Contains(',', StringComparison.Ordinal);
    }

    /// <summary>Whether the caption is one that many forms print.</summary>
    public static bool IsCommon(FormCell cell, IReadOnlyCollection<string> labels)
    {
        var folded = LooseText.Fold(cell.Text);
        return labels.Contains(folded) || labels.Any(label => label.Length >= 5 && LooseText.IsWord(folded, label));
    }

    /// <summary>True for the captions of distribution lists.</summary>
    public static bool IsCopies(IReadOnlyList<FormCell> key) => LooseText.Fold(KeyText(key)) is "cc" or "bcc" or "copies to" or "distribution" or "copies";

    /// <summary>The key as it is reported: without enumeration marks and without the colon's neighbours.</summary>
    public static string KeyText(IReadOnlyList<FormCell> cells) =>
        RepairCopies(Enumeration().Replace(string.Join(' ', cells.Select(cell => cell.Text)), string.Empty)
            .Trim(' ', '*', '@', '=', '•', '©', '®', '-', '.', ',', '\'', '"', ':', ';', '~'));

    /// <summary>The two letters of "cc" are often taken for another round letter.</summary>
    private static string RepairCopies(string key) => key is "ce" or "ec" or "eC" or "cC" or "Ce" or "oc" or "co" or "¢c" ? "cc" : key;

    /// <summary>A number in brackets that counts the entries of the form is no part of the key.</summary>
    [GeneratedRegex(@"^\W*[({]\w{1,2}[)}]\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Enumeration();
}
