namespace Idp.Infrastructure.Kernel.Text;

/// <summary>Finds out what divides the columns of a list.</summary>
internal static class Delimiters
{
    private const int LookedLines = 20;

    private static readonly char[] Known = [',', ';', '\t', '|'];

    /// <summary>
    /// The delimiter of a text: of those that the first line has, the one that most lines have as often as the first, and of equals the most frequent. Null for a single column.
    /// </summary>
    public static char? Of(string text)
    {
        var lines = Lines(text).Take(LookedLines).Select(CountsOf).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        return Known.Select((delimiter, index) => (
                Delimiter: delimiter, InFirst: lines[0][index], Alike: lines.Count(line => line[index] == lines[0][index])))
            .Where(static candidate => candidate.InFirst > 0)
            .OrderByDescending(static candidate => candidate.Alike).ThenByDescending(static candidate => candidate.InFirst)
            .Select(static candidate => (char?)candidate.Delimiter)
            .FirstOrDefault();
    }

    private static int[] CountsOf(string line)
    {
        var counts = new int[Known.Length];
        var isQuoted = false;
        foreach (var character in line)
        {
            isQuoted ^= character == '"';
            var index = isQuoted ? -1 : Array.IndexOf(Known, character);
            if (index >= 0)
            {
                counts[index]++;
            }
        }

        return counts;
    }

    /// <summary>Lines that are not empty; a line end between quotation marks ends none.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        var (start, isQuoted) = (0, false);
        for (var at = 0; at <= text.Length; at++)
        {
            isQuoted ^= at < text.Length && text[at] == '"';
            if (at < text.Length && (isQuoted || text[at] is not ('\n' or '\r')))
            {
                continue;
            }

            if (at > start && !string.IsNullOrWhiteSpace(text[start..at]))
            {
                yield return text[start..at];
            }

            start = at + 1;
        }
    }
}
