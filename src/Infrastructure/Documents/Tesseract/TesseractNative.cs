using System.Runtime.InteropServices;

namespace Idp.Infrastructure.Documents.Tesseract;

/// <summary>The functions of Tesseract's C interface that are used; names and parameters are the library's own.</summary>
internal static partial class TesseractNative
{
    /// <summary>The neural engine alone.</summary>
    public const int NeuralEngine = 1;

    /// <summary>Page segmentation: automatic, without orientation.</summary>
    public const int SegmentAutomatically = 3;

    /// <summary>Page segmentation: orientation and script only.</summary>
    public const int SegmentForOrientationOnly = 0;

    /// <summary>Result level: a word.</summary>
    public const int LevelWord = 3;

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessVersion")]
    internal static partial nint Version();

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPICreate")]
    internal static partial nint Create();

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIDelete")]
    internal static partial void Delete(nint engine);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIInit2", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Initialize(nint engine, string? dataPath, string languages, int engineMode);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetVariable", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetVariable(nint engine, string name, string value);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetPageSegMode")]
    internal static partial void SetPageSegmentation(nint engine, int mode);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetImage")]
    internal static unsafe partial void SetImage(nint engine, byte* pixels, int width, int height, int bytesPerPixel, int bytesPerLine);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetSourceResolution")]
    internal static partial void SetSourceResolution(nint engine, int dpi);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIRecognize")]
    internal static partial int Recognize(nint engine, nint monitor);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIClear")]
    internal static partial void Clear(nint engine);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIGetIterator")]
    internal static partial nint GetIterator(nint engine);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIDetectOrientationScript")]
    internal static partial int DetectOrientation(
        nint engine, out int degrees, out float confidence, out nint scriptName, out float scriptConfidence);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorDelete")]
    internal static partial void DeleteIterator(nint iterator);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorNext")]
    internal static partial int Next(nint iterator, int level);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorGetUTF8Text")]
    internal static partial nint GetText(nint iterator, int level);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorConfidence")]
    internal static partial float GetConfidence(nint iterator, int level);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessPageIteratorBoundingBox")]
    internal static partial int GetBox(nint iterator, int level, out int left, out int top, out int right, out int bottom);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessDeleteText")]
    internal static partial void DeleteText(nint text);
}
