using Idp.Infrastructure.Documents.Images;
using Idp.Infrastructure.Documents.Poppler;

namespace Idp.Infrastructure.Documents.Tesseract;

/// <summary>Guesses by which turn a page stands upright, from the shapes of its letters. Needs the data file <c>osd.traineddata</c>.</summary>
internal sealed class OrientationDetector : IDisposable
{
    private readonly nint _engine;

    private OrientationDetector(nint engine) => _engine = engine;

    /// <summary>Loads the detector; null when its data is not installed.</summary>
    /// <exception cref="ToolMissingException">The library is not installed.</exception>
    public static OrientationDetector? TryCreate()
    {
        var engine = TesseractEngine.CreateEngine();
        if (TesseractNative.Initialize(engine, null, "osd", 0) != 0)
        {
            TesseractNative.Delete(engine);
            return null;
        }

        TesseractNative.SetPageSegmentation(engine, TesseractNative.SegmentForOrientationOnly);
        return new OrientationDetector(engine);
    }

    /// <summary>The clockwise degrees that put the picture upright; null when too little is printed on it to tell.</summary>
    public unsafe int? Detect(GrayImage image, int dpi)
    {
        fixed (byte* pixels = image.Pixels)
        {
            TesseractNative.SetImage(_engine, pixels, image.Width, image.Height, 1, image.Width);
        }

        TesseractNative.SetSourceResolution(_engine, dpi);
        var found = TesseractNative.DetectOrientation(_engine, out var degrees, out _, out _, out _) != 0;
        TesseractNative.Clear(_engine);

        // The library says how far the page stands turned counter-clockwise already, which is the turn to make clockwise reversed.
        return found ? (360 - degrees) % 360 : null;
    }

    public void Dispose() => TesseractNative.Delete(_engine);
}
