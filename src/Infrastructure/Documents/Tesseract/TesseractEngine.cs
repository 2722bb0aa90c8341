using System.Runtime.InteropServices;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Images;
using Idp.Infrastructure.Documents.Poppler;

namespace Idp.Infrastructure.Documents.Tesseract;

/// <summary>One Tesseract engine in this process, kept warm from page to page. Not safe to call concurrently; lives only in worker processes.</summary>
internal sealed class TesseractEngine : IDisposable
{
    private readonly nint _engine;

    /// <summary>Loads the library and the languages.</summary>
    /// <param name="languages">Language codes, joined by plus signs.</param>
    /// <exception cref="ToolMissingException">The library or a language is not installed.</exception>
    public TesseractEngine(string languages)
    {
        _engine = CreateEngine();
        if (TesseractNative.Initialize(_engine, null, languages, TesseractNative.NeuralEngine) != 0)
        {
            TesseractNative.Delete(_engine);
            throw new ToolMissingException($"tesseract language data ({languages})");
        }

        TesseractNative.SetPageSegmentation(_engine, TesseractNative.SegmentAutomatically);
    }

    /// <summary>Recognises the words of a picture.</summary>
    /// <param name="image">The picture, as upright as can be.</param>
    /// <param name="dpi">Its resolution.</param>
    /// <param name="local">True to tell ink from ground anew in each part of the picture (Sauvola), which finds faint text.</param>
    /// <returns>The words in the engine's order, with boxes as fractions of the picture.</returns>
    public unsafe IReadOnlyList<Word> Recognize(GrayImage image, int dpi, bool local = false)
    {
        _ = TesseractNative.SetVariable(_engine, "thresholding_method", local ? "2" : "0");
        _ = TesseractNative.SetVariable(_engine, "thresholding_kfactor", "0.3");
        fixed (byte* pixels = image.Pixels)
        {
            TesseractNative.SetImage(_engine, pixels, image.Width, image.Height, 1, image.Width);
        }

        try
        {
            TesseractNative.SetSourceResolution(_engine, dpi);
            return TesseractNative.Recognize(_engine, 0) == 0 ? ReadWords(image) : [];
        }
        finally
        {
            TesseractNative.Clear(_engine);
        }
    }

    public void Dispose() => TesseractNative.Delete(_engine);

    internal static nint CreateEngine()
    {
        try
        {
            return TesseractNative.Create();
        }
        catch (DllNotFoundException)
        {
            throw new ToolMissingException("libtesseract");
        }
    }

    private List<Word> ReadWords(GrayImage image)
    {
        var words = new List<Word>();
        var iterator = TesseractNative.GetIterator(_engine);
        if (iterator == 0)
        {
            return words;
        }

        try
        {
            do
            {
                if (ReadWord(iterator, image) is { } word)
                {
                    words.Add(word);
                }
            }
            while (TesseractNative.Next(iterator, TesseractNative.LevelWord) != 0);
        }
        finally
        {
            TesseractNative.DeleteIterator(iterator);
        }

        return words;
    }

    private static Word? ReadWord(nint iterator, GrayImage image)
    {
        var pointer = TesseractNative.GetText(iterator, TesseractNative.LevelWord);
        if (pointer == 0)
        {
            return null;
        }

        var text = TextLayerTable.Clean(Marshal.PtrToStringUTF8(pointer));
        TesseractNative.DeleteText(pointer);
        if (text.Length == 0
            || TesseractNative.GetBox(iterator, TesseractNative.LevelWord, out var left, out var top, out var right, out var bottom) == 0)
        {
            return null;
        }

        var box = Box.FromEdges(
            (double)left / image.Width, (double)top / image.Height, (double)right / image.Width, (double)bottom / image.Height);
        return box.Width > 0 && box.Height > 0
            ? new Word(text, box, new Confidence(TesseractNative.GetConfidence(iterator, TesseractNative.LevelWord) / 100))
            : null;
    }
}
