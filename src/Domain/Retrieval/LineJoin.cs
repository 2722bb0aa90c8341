namespace Idp.Domain.Retrieval;

/// <summary>Joins lines to running text, and words that were broken at a line's end.</summary>
internal static class LineJoin
{
    /// <summary>Adds a line to a text.</summary>
    /// <param name="text">The text so far.</param>
    /// <param name="line">What follows.</param>
    /// <param name="places">Where it stands.</param>
    /// <param name="vocabulary">Words of the document, in lower case.</param>
    public static void Add(PlacedText text, string line, IEnumerable<TextPlace> places, IReadOnlySet<string> vocabulary)
    {
        if (text.Length > 0 && line.Length > 0)
        {
            var last = text.LastWord();
            switch (last.Length > 1 && last[^1] == '-' && char.IsLetter(last[^2]) ? JoinOf(last, line, vocabulary) : Join.Apart)
            {
                case Join.Whole:
                    text.DropLast();
                    break;
                case Join.Apart:
                    text.AddMarks(" ");
                    break;
            }
        }

        text.Add(line, places);
    }

    private enum Join
    {
        Apart,
        Hyphenated,
        Whole,
    }

    /// <summary>A word in small letters goes on; it is written with its hyphen where the document writes it so elsewhere, or where its parts are capitalised.</summary>
    private static Join JoinOf(string last, string line, IReadOnlySet<string> vocabulary)
    {
        if (!char.IsLetter(line[0]))
        {
            return char.IsDigit(line[0]) ? Join.Hyphenated : Join.Apart;
        }

        var end = 0;
        while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] == '-'))
        {
            end++;
        }

        var first = last.TrimStart('(', '"', '\'', '[')[..^1].ToLowerInvariant();
        var second = line[..end].ToLowerInvariant();
        return char.IsUpper(line[0]) || first.Contains('-', StringComparison.Ordinal) || (vocabulary.Contains($"{first}-{second}") && !vocabulary.Contains(first + second))
            ? Join.Hyphenated
            : Join.Whole;
    }
}
