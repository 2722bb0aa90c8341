using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction;

/// <summary>Makes small pages for tests: each line is set in a fixed pitch, so that the columns of the text are the columns of the page.</summary>
internal static class PrintedPage
{
    private const double CharactersAcross = 80;

    /// <summary>A page of lines; runs of spaces are gaps. Lines are <paramref name="pitch"/> of the page's height apart.</summary>
    public static Page Of(IEnumerable<string> lines, double width = 612, double height = 792, double pitch = 0.02, double confidence = 0.95, int number = 1)
    {
        var printed = lines.ToList();
        var words = printed.SelectMany((line, row) => WordsOf(line, 0.05 + (row * pitch), confidence)).ToValueList();
        return new Page(number, new PageSize(width, height), 0, PageSource.Ocr, words.Count == 0, words, string.Join('\n', printed));
    }

    private static IEnumerable<Word> WordsOf(string line, double top, double confidence)
    {
        for (var start = 0; start < line.Length; start++)
        {
            if (line[start] == ' ')
            {
                continue;
            }

            var end = line.IndexOf(' ', start) is >= 0 and var space ? space : line.Length;
            yield return new Word(
                line[start..end], new Box(start / CharactersAcross, top, (end - start) / CharactersAcross, 0.012), new Confidence(confidence));
            start = end;
        }
    }
}
