using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction;

/// <summary>A page put together from pieces of text at places in points, as a test needs it: Letter size, letters five points wide, words ten high.</summary>
internal sealed class SketchedPage(int number, PageSource source = PageSource.TextLayer)
{
    private const double Width = 612;
    private const double Height = 792;
    private const double LetterWidth = 5;
    private const double WordHeight = 10;

    private readonly List<Word> _words = [];

    /// <summary>Puts words side by side from a left edge.</summary>
    public SketchedPage Put(double x, double y, string text, double confidence = 1)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var width = word.Length * LetterWidth;
            _words.Add(new Word(word, new Box(x / Width, y / Height, width / Width, WordHeight / Height), new Confidence(confidence)));
            x += width + LetterWidth;
        }

        return this;
    }

    /// <summary>Puts words so that they end at a right edge.</summary>
    public SketchedPage PutRight(double right, double y, string text, double confidence = 1) =>
        Put(right - (text.Length * LetterWidth), y, text, confidence);

    /// <summary>The page.</summary>
    public Page Build() => new(
        number, new PageSize(Width, Height), 0, source, _words.Count is 0, _words.ToValueList(), string.Join(' ', _words.Select(word => word.Text)));

    /// <summary>A page with one piece of text a line, from the top.</summary>
    public static Page OfLines(int number, params string[] lines) => OfLines(number, PageSource.TextLayer, lines);

    /// <summary>A page with one piece of text a line, from the top, with words of a source.</summary>
    public static Page OfLines(int number, PageSource source, params string[] lines)
    {
        var page = new SketchedPage(number, source);
        for (var line = 0; line < lines.Length; line++)
        {
            page.Put(50, 40 + (line * 20), lines[line]);
        }

        return page.Build();
    }
}
