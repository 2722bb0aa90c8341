using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Images;

namespace Idp.Infrastructure.Documents.Poppler;

/// <summary>Renders a page of a PDF file for recognition.</summary>
internal static class PdfPageImage
{
    private const int UsualDpi = 200;
    private const int FinestUsefulDpi = 300;
    private const int CoarsestScanDpi = 190;
    private const double FullPageImage = 0.8;

    /// <summary>Renders a page at the resolution that serves recognition best.</summary>
    /// <param name="pdf">Reads the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="dpi">The resolution asked for; null for the best.</param>
    public static Result<PageImage> Render(PdfPages pdf, string path, int page, int? dpi)
    {
        var size = pdf.SizeOf(path, page);
        if (!size.IsSuccess)
        {
            return size.Error;
        }

        var pixels = pdf.RenderGray(path, page, size.Value, dpi ?? BestDpi(pdf.Images(path, page, page), size.Value));
        return pixels.IsSuccess
            ? new PageImage(pixels.Value, Math.Max(1, (int)Math.Round(pixels.Value.Width * 72 / size.Value.Width)), size.Value)
            : pixels.Error;
    }

    /// <summary>A scan's own resolution, so that no pixel is made up or thrown away; otherwise one that reads well.</summary>
    /// <param name="images">The images on the page.</param>
    /// <param name="size">The page.</param>
    internal static int BestDpi(IReadOnlyList<PdfImage> images, PageSize size)
    {
        if (PdfImageList.ShareOf(images, size) < FullPageImage)
        {
            return UsualDpi;
        }

        var own = images.MaxBy(image => image.WidthInches * image.HeightInches)!.Dpi;
        return own switch
        {
            < CoarsestScanDpi => UsualDpi,
            > FinestUsefulDpi => FinestUsefulDpi,
            _ => (int)Math.Round(own),
        };
    }
}
