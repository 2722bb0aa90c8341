using Idp.Application.Kernel.Blobs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents.Ports;

/// <summary>A stored file, ready to be read.</summary>
/// <param name="Key">Where its bytes are.</param>
/// <param name="Type">What they are.</param>
/// <param name="Hash">Their identity.</param>
public sealed record SourceFile(BlobKey Key, FileType Type, ContentHash Hash);

/// <summary>What a file holds, before any page is read.</summary>
/// <param name="PageCount">At least 1.</param>
public sealed record SourceOutline(int PageCount);

/// <summary>What a page's own text layer says.</summary>
/// <param name="Page">The page as the text layer has it; blank pages are recognised here already.</param>
/// <param name="NeedsRecognition">True when the layer is missing, sparse, garbage, or not what the page shows, so that the page must be recognised.</param>
public sealed record TextLayerReading(Page Page, bool NeedsRecognition);

/// <summary>Reads files that nobody trusts: outline, text layer, page images.</summary>
/// <remarks>
/// Files without pages of their own are laid out first. Parsing happens in child processes under limits on time, memory, pages and pixels. Errors, all of them about the file or the page:
/// <see cref="ErrorKind.Invalid"/> <c>document.encrypted</c>, <c>document.damaged</c>, <c>document.no-pages</c>, <c>page.damaged</c>, <c>page.too-slow</c>;
/// <see cref="ErrorKind.TooLarge"/> <c>document.too-many-pages</c>, <c>document.unpacks-too-large</c>, <c>page.too-many-pixels</c>, <c>page.out-of-memory</c>;
/// <see cref="ErrorKind.NotFound"/> <c>page.not-found</c>; <see cref="ErrorKind.Unavailable"/> <c>worker.unavailable</c>.
/// A child that crashes is replaced and the page tried once more before its error is reported. Passes <c>PageReaderContract</c>.
/// Safe to call concurrently; calls wait for a free child.
/// </remarks>
public interface IPageReader
{
    /// <summary>Names the code and settings that decide what <see cref="ReadTextLayerAsync"/> returns; part of cache fingerprints.</summary>
    string Version { get; }

    /// <summary>The same for files of one type: those that are laid out first depend on how.</summary>
    string VersionFor(FileType type) => Version;

    /// <summary>Counts the pages.</summary>
    Task<Result<SourceOutline>> InspectAsync(SourceFile file, CancellationToken ct);

    /// <summary>Reads one page's text layer: words with boxes, upright. For images there is none and <see cref="TextLayerReading.NeedsRecognition"/> is true.</summary>
    Task<Result<TextLayerReading>> ReadTextLayerAsync(SourceFile file, int pageNumber, CancellationToken ct);

    /// <summary>Renders one page as PNG. <paramref name="rotation"/> is <see cref="Page.Rotation"/>, so that the picture stands as upright as the boxes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="pageNumber">From 1.</param>
    /// <param name="dpi">Dots per inch, 36 to 300.</param>
    /// <param name="rotation">Clockwise degrees: 0, 90, 180 or 270.</param>
    /// <param name="ct">Cancels the work.</param>
    Task<Result<byte[]>> RenderAsync(SourceFile file, int pageNumber, int dpi, int rotation, CancellationToken ct);
}

/// <summary>Recognises the words of a page image.</summary>
/// <remarks>
/// Errors as for <see cref="IPageReader"/>. The same page image is recognised once, whichever document it is in: adapters keep a
/// content-addressed entry by image and <see cref="Version"/>. Passes <c>OcrEngineContract</c>. Safe to call concurrently.
/// </remarks>
public interface IOcrEngine
{
    /// <summary>Names the engine, its version and settings; part of cache fingerprints.</summary>
    string Version { get; }

    /// <summary>Removes what is kept of a file's page images; another file with the same images recognises them again.</summary>
    Task ForgetAsync(ContentHash hash, CancellationToken ct);

    /// <summary>Recognises one page: words with boxes and confidence, the page turned upright, blank pages recognised as blank.</summary>
    Task<Result<Page>> RecognizeAsync(SourceFile file, int pageNumber, CancellationToken ct);
}
