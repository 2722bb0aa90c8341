using System.Globalization;
using Idp.Domain.Documents;

namespace Idp.Infrastructure.Documents.Poppler;

/// <summary>One image on a page, as <c>pdfimages -list</c> prints it.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="WidthInches">Width on the page.</param>
/// <param name="HeightInches">Height on the page.</param>
/// <param name="Dpi">The finer of its two resolutions.</param>
internal sealed record PdfImage(int Page, double WidthInches, double HeightInches, double Dpi);

/// <summary>The images of a file's pages.</summary>
internal static class PdfImageList
{
    private const int MaximumImages = 100_000;

    /// <summary>Reads the list; lines that make no sense are left out.</summary>
    /// <param name="text">What the tool printed.</param>
    public static IReadOnlyList<PdfImage> Parse(string text)
    {
        var images = new List<PdfImage>();
        foreach (var line in text.Split('\n').Skip(2).Take(MaximumImages))
        {
            // page num type width height color comp bpc enc interp object ID x-ppi y-ppi size ratio; "[inline]" stands for object and ID
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var at = parts.Length > 10 && parts[10] == "[inline]" ? 11 : 12;
            if (parts.Length > at + 1 && parts[2] is "image" or "stencil"
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                && TryPositive(parts[3], out var width) && TryPositive(parts[4], out var height)
                && TryPositive(parts[at], out var across) && TryPositive(parts[at + 1], out var down))
            {
                images.Add(new PdfImage(page, width / across, height / down, Math.Max(across, down)));
            }
        }

        return images;
    }

    /// <summary>Share of the page that its images cover, 0 to 1; images over each other count twice.</summary>
    /// <param name="images">The images of one page.</param>
    /// <param name="size">The page.</param>
    public static double ShareOf(IEnumerable<PdfImage> images, PageSize size) =>
        Math.Min(1, images.Sum(image => image.WidthInches * image.HeightInches) * 72 * 72 / (size.Width * size.Height));

    private static bool TryPositive(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) && number > 0;
}
