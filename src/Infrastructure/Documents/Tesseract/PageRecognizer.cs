using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.Images;

namespace Idp.Infrastructure.Documents.Tesseract;

/// <summary>What was read off a picture.</summary>
/// <param name="Words">The words on the upright picture, in the engine's order.</param>
/// <param name="Rotation">Clockwise degrees by which the picture was turned.</param>
/// <param name="IsBlank">True when nothing is printed on it.</param>
internal sealed record Recognition(IReadOnlyList<Word> Words, int Rotation, bool IsBlank);

/// <summary>Reads a page picture whichever way up it is: looks for ink first, turns it when it reads badly, looks again when ink is left over.</summary>
/// <param name="engine">Reads upright pictures.</param>
/// <param name="orientation">Guesses turns; null where its data is missing.</param>
internal sealed class PageRecognizer(TesseractEngine engine, Lazy<OrientationDetector?> orientation)
{
    /// <summary>Changes whenever the same picture may be read differently.</summary>
    public const string Version = "1";

    private const double GoodConfidence = 0.75;
    private const double NoiseConfidence = 0.5;
    private const int TooFewLetters = 8;
    private const int InkStep = 40;
    private const int SketchDpi = 50;
    private const double BlankInkShare = 0.0003;
    private const double SuspectInkOutside = 0.25;
    private const double WorthwhileGain = 1.02;

    /// <summary>Reads a picture.</summary>
    public Recognition Recognize(GrayImage image, int dpi)
    {
        var ink = InkMap.Of(image.Shrink(Math.Max(1, dpi / SketchDpi)), InkStep);
        if (ink.InkShare < BlankInkShare)
        {
            return new Recognition([], 0, true);
        }

        var best = ReadUpright(image, dpi);
        var turned = best.Rotation == 0 ? image : image.Turn(best.Rotation);
        best = best with { Words = LookAgain(turned, dpi, best.Words) };
        return best.Words.All(static word => word.Confidence.Value < NoiseConfidence) && ink.InkShare < BlankInkShare * 4
            ? new Recognition([], 0, true)
            : best;
    }

    private Recognition ReadUpright(GrayImage image, int dpi)
    {
        var asIs = Read(image, dpi, 0);
        if (IsGood(asIs.Words))
        {
            return asIs;
        }

        var guess = orientation.Value?.Detect(image, dpi);
        if (guess == 0)
        {
            return asIs;
        }

        IReadOnlyList<int> turns = guess is { } turn ? [turn] : [90, 270, 180];
        return turns.Select(degrees => Read(image.Turn(degrees), dpi, degrees)).Append(asIs).MaxBy(static read => Score(read.Words))!;
    }

    // Text in light grey is lost when one threshold serves the whole page. A second look costs a second pass, so only what looks incomplete gets it.
    private IReadOnlyList<Word> LookAgain(GrayImage image, int dpi, IReadOnlyList<Word> words)
    {
        var ink = InkMap.Of(image.Shrink(Math.Max(1, dpi / SketchDpi)), InkStep / 2);
        if (words.Count == 0 || ink.ShareOutside(words.Select(static word => word.Box)) < SuspectInkOutside)
        {
            return words;
        }

        var again = engine.Recognize(image, dpi, local: true);
        return Readable(again) > Readable(words) * WorthwhileGain && Score(again) > Score(words) ? again : words;
    }

    private Recognition Read(GrayImage image, int dpi, int rotation) => new(engine.Recognize(image, dpi), rotation, false);

    private static bool IsGood(IReadOnlyList<Word> words)
    {
        var letters = words.Sum(static word => word.Text.Length);
        return letters >= TooFewLetters && words.Sum(static word => word.Confidence.Value * word.Text.Length) / letters >= GoodConfidence;
    }

    // Garbage has many short words of low confidence: only what is read well counts.
    private static double Score(IReadOnlyList<Word> words) =>
        words.Where(static word => word.Confidence.Value >= NoiseConfidence)
            .Sum(static word => (word.Confidence.Value - NoiseConfidence) * word.Text.Count(char.IsLetterOrDigit));

    private static int Readable(IReadOnlyList<Word> words) => words.Count(static word => word.Confidence.Value >= NoiseConfidence);
}
