using System.Globalization;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Images;

namespace Idp.Infrastructure.Documents.Poppler;

/// <summary>Reads PDF files with poppler's tools, inside a worker process.</summary>
/// <param name="tool">Runs the tools under limits.</param>
/// <param name="maximumPixels">Most pixels of one picture.</param>
/// <param name="memoryBytes">Most memory of one tool, for messages.</param>
internal sealed class PdfPages(Tool tool, long maximumPixels, long memoryBytes)
{
    /// <summary>Rendering below this resolution would only pretend to read the page.</summary>
    public const int LowestDpi = 100;

    private const int MaximumListBytes = 32 * 1024 * 1024;
    private const int MaximumTextBytes = 128 * 1024 * 1024;

    /// <summary>Counts the pages.</summary>
    public Result<int> CountPages(string path)
    {
        var (text, end) = tool.RunForText("pdfinfo", [path], MaximumListBytes);
        return end.IsOutOfMemory ? DocumentErrors.PageOutOfMemory(memoryBytes) : PdfOutline.PageCount(text, end);
    }

    /// <summary>The size of one page as shown, or why there is none.</summary>
    public Result<PageSize> SizeOf(string path, int page)
    {
        var (text, end) = tool.RunForText("pdfinfo", ["-f", Text(page), "-l", Text(page), path], MaximumListBytes);
        if (PdfOutline.IsPastTheEnd(end.ErrorText))
        {
            return DocumentErrors.PageNotFound(page);
        }

        var count = PdfOutline.PageCount(text, end);
        return !count.IsSuccess ? count.Error
            : PdfOutline.PageSizes(text).TryGetValue(page, out var size) ? size
            : DocumentErrors.PageDamaged("it has no size.");
    }

    /// <summary>The text layers of some pages; pages that cannot be read are absent.</summary>
    public Result<IReadOnlyDictionary<int, TextLayerTable>> TextLayers(string path, int first, int last)
    {
        var (text, end) = tool.RunForText(
            "pdftotext", ["-tsv", "-cropbox", "-enc", "UTF-8", "-f", Text(first), "-l", Text(last), path, "-"], MaximumTextBytes);
        if (PdfOutline.IsEncrypted(end.ErrorText))
        {
            return DocumentErrors.Encrypted();
        }

        if (end.IsOutOfMemory)
        {
            return DocumentErrors.PageOutOfMemory(memoryBytes);
        }

        var (sizes, _) = tool.RunForText("pdfinfo", ["-f", Text(first), "-l", Text(last), path], MaximumListBytes);
        return Result<IReadOnlyDictionary<int, TextLayerTable>>.Success(TextLayerTable.Parse(text, PdfOutline.PageSizes(sizes)));
    }

    /// <summary>The images on some pages.</summary>
    public IReadOnlyList<PdfImage> Images(string path, int first, int last) =>
        PdfImageList.Parse(tool.RunForText("pdfimages", ["-list", "-f", Text(first), "-l", Text(last), path], MaximumListBytes).Text);

    /// <summary>Characters that one page draws visibly.</summary>
    public int DrawnCharacters(string path, int page)
    {
        var (xml, _) = tool.RunForText(
            "pdftohtml", ["-xml", "-i", "-stdout", "-f", Text(page), "-l", Text(page), path], MaximumTextBytes);
        return DrawnText.CountByPage(xml).GetValueOrDefault(page);
    }

    /// <summary>Rough small pictures of some pages, in order, just good enough to see where something is printed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">First page.</param>
    /// <param name="last">Last page.</param>
    /// <param name="scale">Arguments that set the size.</param>
    /// <returns>As many as could be rendered.</returns>
    public IReadOnlyList<GrayImage> Sketches(string path, int first, int last, IReadOnlyList<string> scale) =>
        tool.Run(
            "pdftoppm",
            ["-gray", "-cropbox", "-aa", "no", "-aaVector", "no", .. scale, "-f", Text(first), "-l", Text(last), path],
            stream => ReadAll(stream, last - first + 1)).Value;

    /// <summary>Renders one page in grey.</summary>
    public Result<GrayImage> RenderGray(string path, int page, PageSize size, int dpi)
    {
        var allowed = AllowedDpi(size, dpi);
        if (!allowed.IsSuccess)
        {
            return allowed.Error;
        }

        var (image, end) = tool.Run(
            "pdftoppm",
            ["-gray", "-cropbox", "-r", Text(allowed.Value), "-f", Text(page), "-l", Text(page), path],
            stream => PortableGraymap.Read(stream, maximumPixels * 2));
        return image is null ? FailureOf(end) : image;
    }

    /// <summary>Renders one page in colour, as a portable pixmap.</summary>
    public Result<byte[]> RenderColor(string path, int page, PageSize size, int dpi)
    {
        var allowed = AllowedDpi(size, dpi, lowest: 1);
        if (!allowed.IsSuccess)
        {
            return allowed.Error;
        }

        var (bytes, end) = tool.Run(
            "pdftoppm",
            ["-cropbox", "-r", Text(allowed.Value), "-f", Text(page), "-l", Text(page), path],
            static stream =>
            {
                using var all = new MemoryStream();
                stream.CopyTo(all);
                return all.ToArray();
            });
        return bytes.Length == 0 ? FailureOf(end) : bytes;
    }

    /// <summary>The resolution, lowered as far as the limit on pixels asks, or the error when that is too low to read anything.</summary>
    private Result<int> AllowedDpi(PageSize size, int dpi, int lowest = LowestDpi)
    {
        var squareInches = size.Width * size.Height / (72 * 72);
        var most = Math.Sqrt(maximumPixels / squareInches);
        return most >= dpi ? dpi
            : most >= lowest ? (int)most
            : DocumentErrors.PageTooManyPixels((long)Math.Min(squareInches * lowest * lowest, long.MaxValue / 2), maximumPixels);
    }

    private Error FailureOf(ToolEnd end) => end switch
    {
        { IsOutOfMemory: true } => DocumentErrors.PageOutOfMemory(memoryBytes),
        _ when PdfOutline.IsEncrypted(end.ErrorText) => DocumentErrors.Encrypted(),
        _ => DocumentErrors.PageDamaged("it cannot be rendered."),
    };

    private List<GrayImage> ReadAll(Stream stream, int most)
    {
        var images = new List<GrayImage>();
        while (images.Count < most && PortableGraymap.Read(stream, maximumPixels) is { } image)
        {
            images.Add(image);
        }

        return images;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
