using System.Globalization;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Poppler;

/// <summary>What <c>pdfinfo</c> says of a file.</summary>
internal static class PdfOutline
{
    /// <summary>The number of pages, or why the file cannot be read.</summary>
    /// <param name="text">What it printed.</param>
    /// <param name="end">How it ended.</param>
    public static Result<int> PageCount(string text, ToolEnd end)
    {
        if (IsEncrypted(end.ErrorText))
        {
            return DocumentErrors.Encrypted();
        }

        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("Pages:", StringComparison.Ordinal)
                && int.TryParse(line.AsSpan(6).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pages))
            {
                return pages > 0 ? pages : DocumentErrors.NoPages();
            }
        }

        return DocumentErrors.Damaged("no page tree was found.");
    }

    /// <summary>The sizes of pages as they are shown: cropped, and turned as the page asks.</summary>
    /// <param name="text">What <c>pdfinfo -f … -l …</c> printed.</param>
    public static IReadOnlyDictionary<int, PageSize> PageSizes(string text)
    {
        var sizes = new Dictionary<int, PageSize>();
        var turned = new HashSet<int>();
        foreach (var line in text.Split('\n'))
        {
            // "Page    3 size:  612 x 792 pts (letter)" and "Page    3 rot:   90"
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts is not ["Page", _, "size:" or "rot:", ..]
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var page))
            {
                continue;
            }

            if (parts[2] == "rot:" && parts is [.., "90" or "270"])
            {
                turned.Add(page);
            }
            else if (parts.Length >= 6 && TryLength(parts[3], out var width) && TryLength(parts[5], out var height))
            {
                sizes.TryAdd(page, new PageSize(width, height));
            }
        }

        return sizes.ToDictionary(pair => pair.Key, pair => PageTurn.Turn(pair.Value, turned.Contains(pair.Key) ? 90 : 0));
    }

    /// <summary>True when the complaint is about a password.</summary>
    public static bool IsEncrypted(string errorText) => errorText.Contains("Incorrect password", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the complaint is about a page that the file does not have.</summary>
    public static bool IsPastTheEnd(string errorText) => errorText.Contains("Wrong page range", StringComparison.OrdinalIgnoreCase);

    private static bool TryLength(string text, out double length) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out length) && double.IsFinite(length) && length > 0;
}
