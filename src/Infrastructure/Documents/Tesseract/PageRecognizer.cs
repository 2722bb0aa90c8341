using Idp.Domain.Documents;
using Idp.Domain.Kernel;
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
    private const double ReadableConfidence = 0.5;
    private const int TooFewLetters = 8;
    private const int InkStep = 40;
    private const int FaintInkStep = 20;
    private const int SketchDpi = 50;
    private const double BlankInkShare = 0.00005;
    private const double BlankInnerInkShare = 0.001;
    private const double SuspectInkOutside = 0.25;
    private const double WorthwhileGain = 1.02;
    private const double TurnGain = 1.5;

    /// <summary>Holes, staples and dark edges of scans lie outside of this; text hardly ever does.</summary>
    private static readonly Box Inner = Box.FromEdges(0.08, 0.04, 0.92, 0.96);

    /// <summary>Reads a picture.</summary>
    public Recognition Recognize(GrayImage image, int dpi)
    {
        var sketch = image.Shrink(Math.Max(1, dpi / SketchDpi));
        var ink = InkMap.Of(sketch, InkStep);
        if (ink.InkShare < BlankInkShare)
        {
            return new Recognition([], 0, true);
        }

        var first = Read(image, dpi, 0);
        if (NeedsSecondLook(sketch, first.Words))
        {
            first = Better(first, Read(image, dpi, 0, local: true));
        }

        var best = PutUpright(image, dpi, first);
        return best.Words.Any(IsReadable) || ink.DensityIn(Inner) >= BlankInnerInkShare ? best : new Recognition([], 0, true);
    }

    private Recognition PutUpright(GrayImage image, int dpi, Recognition asIs)
    {
        // The engine reads lines that run up or down too, but its boxes then lie on their side, and so would the page.
        var size = new PageSize(image.Width, image.Height);
        var sideways = PageTurn.UprightTurn([.. asIs.Words.Where(IsReadable)], size);
        if (sideways != 0)
        {
            // Whether lines ran up or down the engine does not tell reliably: it reads one of them as nonsense.
            var turned = Read(image.Turn(sideways), dpi, sideways);
            var opposite = (sideways + 180) % 360;
            return IsGood(turned.Words) ? turned : MoreReadable(turned, Read(image.Turn(opposite), dpi, opposite));
        }

        if (IsGood(asIs.Words))
        {
            return asIs;
        }

        var guess = orientation.Value?.Detect(image, dpi);
        IReadOnlyList<int> turns = guess switch
        {
            0 => [],
            { } turn => [turn],
            null => asIs.Words.Count >= TooFewLetters ? [90, 270, 180] : [],
        };
        var best = turns.Select(turn => Read(image.Turn(turn), dpi, turn)).MaxBy(static read => Score(read.Words));
        return best is not null && IsGood(best.Words) && Score(best.Words) > Score(asIs.Words) * TurnGain ? best : asIs;
    }

    // Text in light grey is lost when one threshold serves the whole page. Another look costs another pass, so only what looks incomplete gets it.
    private static bool NeedsSecondLook(GrayImage sketch, IReadOnlyList<Word> words) =>
        InkMap.Of(sketch, FaintInkStep).ShareOutside(words.Select(static word => word.Box)) > SuspectInkOutside;

    private static Recognition Better(Recognition first, Recognition second) =>
        second.Words.Count(IsReadable) > first.Words.Count(IsReadable) * WorthwhileGain && Score(second.Words) > Score(first.Words)
            ? second
            : first;

    private static Recognition MoreReadable(Recognition left, Recognition right) => Score(right.Words) > Score(left.Words) ? right : left;

    private Recognition Read(GrayImage image, int dpi, int rotation, bool local = false) =>
        new(engine.Recognize(image, dpi, local), rotation, false);

    private static bool IsReadable(Word word) => word.Confidence.Value >= ReadableConfidence && word.Text.Any(char.IsLetterOrDigit);

    private static bool IsGood(IReadOnlyList<Word> words)
    {
        var letters = words.Sum(static word => word.Text.Length);
        return letters >= TooFewLetters && words.Sum(static word => word.Confidence.Value * word.Text.Length) / letters >= GoodConfidence;
    }

    // Garbage has many short words of low confidence: only what is read well counts.
    private static double Score(IReadOnlyList<Word> words) =>
        words.Where(IsReadable).Sum(static word => (word.Confidence.Value - ReadableConfidence) * word.Text.Count(char.IsLetterOrDigit));
}
