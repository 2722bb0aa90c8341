using Idp.Domain.Research;

namespace Idp.Infrastructure.Research.OfflineCorpus;

/// <summary>A page of the corpus.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What it says, as Markdown.</param>
internal sealed record CorpusPage(string Url, string Title, string Text)
{
    private const string Fence = "---";

    /// <summary>Reads a file: lines of <c>name: value</c> between two lines of <c>---</c>, then the text.</summary>
    /// <exception cref="FormatException">The file has no address or no title; the message says which.</exception>
    public static CorpusPage Parse(string file)
    {
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        var end = lines.Length > 0 && lines[0].Trim() == Fence ? Array.FindIndex(lines, 1, static line => line.Trim() == Fence) : -1;
        if (end < 0)
        {
            throw new FormatException($"it does not begin with lines between two lines of '{Fence}'.");
        }

        var head = lines[1..end].Select(static line => line.Split(':', 2)).Where(static parts => parts.Length == 2)
            .ToDictionary(static parts => parts[0].Trim(), static parts => parts[1].Trim().Trim('"'), StringComparer.OrdinalIgnoreCase);
        return new CorpusPage(Needed(head, "url"), Needed(head, "title"), string.Join('\n', lines[(end + 1)..]).Trim());
    }

    /// <summary>The page as a search gives it.</summary>
    public SourceText ToSource(double relevance) => new(Url, Title, Text, relevance);

    private static string Needed(Dictionary<string, string> head, string name) =>
        head.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new FormatException($"it has no '{name}:'.");
}
