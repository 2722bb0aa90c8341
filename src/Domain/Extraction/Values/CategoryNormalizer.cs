namespace Idp.Domain.Extraction;

/// <summary>Reads products and kinds, such as an account's type.</summary>
public static class CategoryNormalizer
{
    /// <summary>Upper case, single spaces, no marks at the ends; null when the text has fewer than two letters.</summary>
    public static string? Normalize(string printed)
    {
        var text = PrintedText.Tidy(printed).Trim(' ', '.', ',', ';', ':', '|', '_', '*', '-', '"', '(', ')').ToUpperInvariant();
        return text.Count(char.IsLetter) < 2 ? null : text;
    }
}
