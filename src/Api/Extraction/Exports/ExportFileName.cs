using System.Globalization;
using System.Text;

namespace Idp.Api.Extraction.Exports;

/// <summary>Makes names of files that any system can store, whatever the uploaded file was called.</summary>
internal static class ExportFileName
{
    private const int LongestStem = 100;

    private const string Forbidden = "<>:\"/\\|?*;%";

    /// <summary>The name of the uploaded file without its ending and without what no file name may hold.</summary>
    /// <param name="fileName">The uploaded file's name.</param>
    /// <param name="whenEmpty">The stem when nothing is left.</param>
    public static string StemOf(string fileName, string whenEmpty)
    {
        var stem = new StringBuilder();
        foreach (var rune in Path.GetFileNameWithoutExtension(fileName.Replace('\\', '/')).EnumerateRunes())
        {
            var isUnseen = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (!isUnseen && rune != Rune.ReplacementChar)
            {
                stem.Append(rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
            }

            if (stem.Length >= LongestStem)
            {
                break;
            }
        }

        var tidy = stem.ToString().Trim(' ', '.', '_', '-');
        return tidy.Length == 0 ? whenEmpty : tidy;
    }
}
