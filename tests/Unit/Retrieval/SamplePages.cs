using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Unit.Retrieval;

/// <summary>Pages made of lines that are set in one type.</summary>
internal static class SamplePages
{
    public const double LineHeight = 0.012;

    private const double CharacterWidth = 0.008;

    /// <summary>A page of lines, each with where it begins; parts of a line that stand apart are divided by <c>|</c> and an offset as <c>0.5:text</c>.</summary>
    public static Page Page(int number, params IEnumerable<PageLine> lines)
    {
        var words = lines.SelectMany(WordsOf).ToValueList();
        return new Page(number, new PageSize(612, 792), 0, PageSource.TextLayer, words.Count == 0, words, string.Join('\n', lines.Select(static line => line.Text)));
    }

    /// <summary>Lines under each other, as in a paragraph.</summary>
    public static IEnumerable<PageLine> Lines(double x, double y, params IEnumerable<string> texts) =>
        texts.Select((text, index) => new PageLine(x, y + (index * LineHeight * 1.25), text));

    /// <summary>A row of cells; each has its left edge.</summary>
    public static IEnumerable<PageLine> Row(double y, params IEnumerable<(double X, string Text)> cells) => cells.Select(cell => new PageLine(cell.X, y, cell.Text));

    private static IEnumerable<Word> WordsOf(PageLine line)
    {
        var x = line.X;
        foreach (var text in line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var width = text.Length * CharacterWidth * line.Scale;
            yield return new Word(text, new Box(x, line.Y, width, LineHeight * line.Scale), Confidence.Full);
            x += width + (CharacterWidth * line.Scale);
        }
    }
}

/// <summary>A line of a page.</summary>
/// <param name="X">Where it begins.</param>
/// <param name="Y">Its top.</param>
/// <param name="Text">Its words.</param>
internal sealed record PageLine(double X, double Y, string Text)
{
    /// <summary>How much larger than usual it is set.</summary>
    public double Scale { get; init; } = 1;
}
