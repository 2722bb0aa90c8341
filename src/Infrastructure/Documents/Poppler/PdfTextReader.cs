using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Images;

namespace Idp.Infrastructure.Documents.Poppler;

/// <summary>Reads text layers and looks at the pages to see whether the layers can be believed.</summary>
internal sealed class PdfTextReader(PdfPages pages)
{
    /// <summary>Changes whenever the same page may be read differently.</summary>
    public const string Version = "poppler-tsv/1";

    /// <summary>Enough to see whether a word of six points has ink.</summary>
    private const int SketchDpi = 36;

    /// <summary>Pages longer than this on a side, in points, are sketched by size instead of resolution.</summary>
    private const double LongestSketchedSide = 72 * 40;
    private const int LargeSketchPixels = 2000;
    private const int SmallestInkStep = 8;
    private const double FullPageImage = 0.6;
    private const double SmallestJudgedPixels = 1.5;

    /// <summary>Reads pages <paramref name="first"/> to <paramref name="last"/>; one entry a page, in order, as far as the file goes.</summary>
    public Result<IReadOnlyList<Result<TextLayerReading>>> Read(string path, int first, int last)
    {
        var layers = pages.TextLayers(path, first, last);
        if (!layers.IsSuccess)
        {
            return layers.Error;
        }

        var end = layers.Value.Keys.DefaultIfEmpty(first).Max();
        var sketches = pages.Sketches(path, first, end, ScaleFor(layers.Value.Values));
        if (sketches.Count != end - first + 1 && first != end)
        {
            // Without all the sketches nobody knows which page each one shows.
            return ReadOneByOne(path, first, end);
        }

        var images = pages.Images(path, first, end).ToLookup(static image => image.Page);
        var readings = new List<Result<TextLayerReading>>();
        for (var number = first; number <= end; number++)
        {
            readings.Add(layers.Value.TryGetValue(number, out var layer)
                ? ReadPage(path, number, layer, sketches.ElementAtOrDefault(number - first), images[number])
                : WhyMissing(path, number));
        }

        return Result<IReadOnlyList<Result<TextLayerReading>>>.Success(readings);
    }

    /// <summary>The same for pages that were laid out here: their layers are believed as they are.</summary>
    public Result<IReadOnlyList<Result<TextLayerReading>>> ReadLaidOut(string path, int first, int last)
    {
        var layers = pages.TextLayers(path, first, last);
        return !layers.IsSuccess ? layers.Error
            : Result<IReadOnlyList<Result<TextLayerReading>>>.Success(
            [
                .. Enumerable.Range(first, Math.Max(1, layers.Value.Keys.DefaultIfEmpty(first).Max() - first + 1))
                    .Select(number => layers.Value.TryGetValue(number, out var layer) ? ReadLaidOut(path, number, layer) : WhyMissing(path, number)),
            ]);
    }

    /// <summary>A page that was laid out holds text, a picture, or nothing.</summary>
    private Result<TextLayerReading> ReadLaidOut(string path, int number, TextLayerTable layer)
    {
        var isPicture = layer.Words.Count == 0 && pages.Images(path, number, number).Count > 0;
        var page = new Page(number, layer.Size, 0, PageSource.TextLayer, layer.Words.Count == 0 && !isPicture, [], string.Empty);
        return new TextLayerReading(ReadingOrder.Arrange(page, layer.Words), isPicture);
    }

    private Error WhyMissing(string path, int number) =>
        pages.SizeOf(path, number).Error ?? DocumentErrors.PageDamaged("it has no text layer that can be read.");

    private Result<IReadOnlyList<Result<TextLayerReading>>> ReadOneByOne(string path, int first, int last)
    {
        var readings = new List<Result<TextLayerReading>>();
        for (var number = first; number <= last; number++)
        {
            var reading = Read(path, number, number);
            readings.Add(reading.IsSuccess ? reading.Value[0] : reading.Error);
        }

        return Result<IReadOnlyList<Result<TextLayerReading>>>.Success(readings);
    }

    private TextLayerReading ReadPage(string path, int number, TextLayerTable layer, GrayImage? sketch, IEnumerable<PdfImage> images)
    {
        var ink = sketch is null ? null : InkMap.Of(sketch, SmallestInkStep);
        var words = ink is null ? layer.Words : [.. layer.Words.Where(word => IsVisible(word, ink, sketch!.Height))];
        var hidden = layer.Words.Count - words.Count;
        var imageShare = PdfImageList.ShareOf(images, layer.Size);
        var sight = new PageSight(
            hidden,
            ink?.InkShare ?? 1,
            ink?.ShareOutside(words.Select(word => word.Box)) ?? 0,
            imageShare,
            imageShare >= FullPageImage && words.Count > 0 ? DrawnShare(path, number, layer.Words) : 1);
        var verdict = TextLayerQuality.Judge(words, sight);
        var turn = PageTurn.UprightTurn(words, layer.Size);
        var upright = words.Select(word => word with { Box = PageTurn.Turn(word.Box, turn) }).ToList();
        var page = new Page(
            number, PageTurn.Turn(layer.Size, turn), turn, PageSource.TextLayer, verdict == TextLayerVerdict.Blank, [], string.Empty);
        return new TextLayerReading(
            ReadingOrder.Arrange(page, upright), verdict is not (TextLayerVerdict.Usable or TextLayerVerdict.Blank));
    }

    private double DrawnShare(string path, int number, IReadOnlyList<Word> words) =>
        (double)pages.DrawnCharacters(path, number) / Math.Max(1, words.Sum(word => word.Text.Length));

    // Letters smaller than a pixel or two leave no trace in the sketch, which says nothing about them.
    private static bool IsVisible(Word word, InkMap ink, int sketchHeight) =>
        word.Box.CenterX is > 0 and < 1 && word.Box.CenterY is > 0 and < 1
        && (word.Box.Height * sketchHeight < SmallestJudgedPixels || ink.InkIn(word.Box) > 0);

    private static IReadOnlyList<string> ScaleFor(IEnumerable<TextLayerTable> layers) =>
        layers.All(layer => Math.Max(layer.Size.Width, layer.Size.Height) <= LongestSketchedSide)
            ? ["-r", $"{SketchDpi}"]
            : ["-scale-to", $"{LargeSketchPixels}"];
}
