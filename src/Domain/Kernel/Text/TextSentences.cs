namespace Idp.Domain.Kernel.Text;

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The first character after it.</summary>
    public int End => Start + Length;

    /// <summary>The part itself.</summary>
    public string In(string text) => text.Substring(Start, Length);
}

/// <summary>Divides texts, Markdown included, into paragraphs and sentences.</summary>
public static class TextSentences
{
    /// <summary>A dot after these ends no sentence.</summary>
    private static readonly HashSet<string> Abbreviations = new(
        ["inc", "corp", "ltd", "co", "llc", "plc", "mr", "mrs", "ms", "dr", "st", "vs", "etc", "no", "approx", "est", "jr", "sr", "e.g", "i.e", "u.s", "u.k"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The paragraphs: what stands between empty lines, and each heading, list item and table row by itself.</summary>
    public static IReadOnlyList<TextSpan> Paragraphs(string text)
    {
        var paragraphs = new List<TextSpan>();
        var (from, to) = (-1, -1);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            var line = text.AsSpan(start, end - start).Trim();
            if (from >= 0 && (line.IsEmpty || StandsAlone(line)))
            {
                Add(paragraphs, text, from, to);
                from = -1;
            }

            if (!line.IsEmpty)
            {
                from = from < 0 ? start : from;
                to = end;
                if (StandsAlone(line))
                {
                    Add(paragraphs, text, from, to);
                    from = -1;
                }
            }

            start = end + 1;
        }

        if (from >= 0)
        {
            Add(paragraphs, text, from, to);
        }

        return paragraphs;
    }

    /// <summary>The sentences of a paragraph, without white space around them.</summary>
    public static IReadOnlyList<TextSpan> Sentences(string text, TextSpan paragraph)
    {
        var sentences = new List<TextSpan>();
        var start = paragraph.Start;
        for (var at = paragraph.Start; at < paragraph.End; at++)
        {
            if (text[at] is '.' or '!' or '?' or '\u3002' && EndsSentence(text, start, at, paragraph.End, out var end))
            {
                Add(sentences, text, start, end);
                start = end;
                at = end - 1;
            }
        }

        Add(sentences, text, start, paragraph.End);
        return sentences;
    }

    private static bool EndsSentence(string text, int start, int at, int limit, out int end)
    {
        end = at + 1;
        while (end < limit && text[end] is '"' or '\'' or ')' or ']' or '\u201D' or '\u2019' or '.' or '!' or '?' or '*')
        {
            end++;
        }

        if (end < limit && !char.IsWhiteSpace(text[end]) && text[at] != '\u3002')
        {
            return false;
        }

        return text[at] != '.' || !EndsAbbreviation(text, start, at, end, limit);
    }

    /// <summary>An abbreviation, or an initial, goes on unless what follows can only begin a sentence.</summary>
    private static bool EndsAbbreviation(string text, int start, int at, int end, int limit)
    {
        var word = at;
        while (word > start && (char.IsLetterOrDigit(text[word - 1]) || text[word - 1] == '.'))
        {
            word--;
        }

        var next = end;
        while (next < limit && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        var before = text.AsSpan(word, at - word);
        var goesOn = next < limit && char.IsLower(text[next]);
        return goesOn || (before.Length == 1 && char.IsUpper(before[0])) || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(before);
    }

    /// <summary>Headings, list items and table rows.</summary>
    private static bool StandsAlone(ReadOnlySpan<char> line) =>
        line[0] is '#' or '|' or '>'
        || (line.Length > 1 && line[0] is '-' or '*' or '+' or '\u2022' && line[1] == ' ')
        || (char.IsAsciiDigit(line[0]) && line.IndexOf(". ", StringComparison.Ordinal) is > 0 and <= 3);

    private static void Add(List<TextSpan> spans, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            spans.Add(new TextSpan(start, end - start));
        }
    }
}
