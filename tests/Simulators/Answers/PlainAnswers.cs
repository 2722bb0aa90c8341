using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Simulators.Truth;

namespace Idp.Simulators.Answers;

/// <summary>Small valid answers by rule, for tasks that have no truth yet.</summary>
internal static partial class PlainAnswers
{
    private const int SummarySentences = 3;

    /// <summary>The first sentences.</summary>
    public static JsonObject Summary(ModelQuestion question) =>
        new() { ["summary"] = string.Join(' ', Sentences(Body(question)).Take(SummarySentences)) };

    /// <summary>The pages as they came, without lines that say that they go on.</summary>
    public static JsonObject CleanedPages(ModelQuestion question) => new()
    {
        ["pages"] = new JsonArray([.. question.Pages.Select(static page => (JsonNode)new JsonObject { ["page"] = page.Number, ["text"] = WithoutNotes(page.Text) })]),
    };

    /// <summary>No statement.</summary>
    public static JsonObject Statements() => new() { ["statements"] = new JsonArray() };

    /// <summary>A middling score, with the first source and sentence as its reason.</summary>
    public static JsonObject CompanyAnalysis(ModelQuestion question)
    {
        var reasons = new JsonArray();
        if (Address().Match(question.Message) is { Success: true } source && Sentences(question.Message[(source.Index + source.Length)..]).FirstOrDefault() is { } quote)
        {
            reasons.Add((JsonNode)new JsonObject { ["text"] = quote, ["source_url"] = source.Value, ["quote"] = quote });
        }

        return new JsonObject { ["tier"] = "WATCH", ["score"] = 50, ["classification"] = "undetermined", ["reasons"] = reasons };
    }

    /// <summary>The sentence that shares most words with the question (the last line with a question mark), and the passage it stands in.</summary>
    public static JsonObject Answer(ModelQuestion question)
    {
        var lines = question.Message.Split('\n');
        var asked = new FoldedText(lines.LastOrDefault(static line => line.Contains('?', StringComparison.Ordinal)) ?? string.Empty).Words;
        var chunk = string.Empty;
        var best = (Shared: 0, Sentence: string.Empty, Chunk: string.Empty);
        foreach (var line in lines)
        {
            if (ChunkHead().Match(line) is { Success: true } head)
            {
                chunk = head.Groups["id"].Value;
                continue;
            }

            foreach (var sentence in Sentences(line).Where(static sentence => !sentence.Contains('?', StringComparison.Ordinal)))
            {
                var shared = new FoldedText(sentence).Words.Count(asked.Contains);
                best = chunk.Length > 0 && shared > best.Shared ? (shared, sentence, chunk) : best;
            }
        }

        return new JsonObject
        {
            ["answer"] = best.Shared > 0 ? best.Sentence : "not found",
            ["found"] = best.Shared > 0,
            ["citations"] = best.Shared > 0 ? new JsonArray(new JsonObject { ["chunk_id"] = best.Chunk, ["quote"] = best.Sentence }) : [],
        };
    }

    private static string WithoutNotes(string text) =>
        string.Join('\n', text.Split('\n').Where(static line => !line.StartsWith("Continued on ", StringComparison.OrdinalIgnoreCase))).Trim();

    private static string Body(ModelQuestion question) =>
        question.Pages.Count > 0 ? string.Join('\n', question.Pages.Select(static page => page.Text)) : question.Message;

    private static IEnumerable<string> Sentences(string text)
    {
        var sentences = Spaces().Replace(text, " ").Split(". ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return sentences.Select((sentence, index) => index < sentences.Length - 1 ? sentence + "." : sentence).Where(static sentence => sentence.Length > 2);
    }

    [GeneratedRegex(@"https?://[^\s""'<>)\]]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"^\s*\[?chunk(_id)?[ :=]+(?<id>[A-Za-z0-9_#.:-]+?)\]?\s*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex ChunkHead();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
