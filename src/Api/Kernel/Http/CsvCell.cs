using System.Buffers;
using System.Globalization;

namespace Idp.Api.Kernel.Http;

/// <summary>Writes cells of RFC 4180 text that no spreadsheet takes for formulas.</summary>
internal static class CsvCell
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n\t;");

    /// <summary>With these a spreadsheet begins a formula; the wide forms are taken for the narrow ones by some.</summary>
    private static readonly SearchValues<char> BeginFormula = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>One cell as it stands in the file.</summary>
    public static string Of(string text)
    {
        var safe = IsPlainNumber(text) || !LooksLikeFormula(text) ? text : "'" + text;
        return safe.AsSpan().ContainsAny(NeedQuotes) || safe != safe.Trim() ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>White space and unseen characters before a formula are skipped by some spreadsheets.</summary>
    private static bool LooksLikeFormula(string text)
    {
        foreach (var character in text)
        {
            if (BeginFormula.Contains(character))
            {
                return true;
            }

            if (!char.IsWhiteSpace(character) && !char.IsControl(character) && char.GetUnicodeCategory(character) is not UnicodeCategory.Format)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsPlainNumber(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        var point = digits.IndexOf('.');
        return digits.Length > 0
            && !(point < 0 ? digits : digits[..point]).ContainsAnyExceptInRange('0', '9')
            && point != 0
            && (point < 0 || (point < digits.Length - 1 && !digits[(point + 1)..].ContainsAnyExceptInRange('0', '9')));
    }
}
