using System.Globalization;
using System.Text.Json;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>A passage of a retrieval set.</summary>
/// <param name="Id">Its name in the judgements.</param>
/// <param name="Title">What stands over it; may be empty.</param>
/// <param name="Text">Its text.</param>
internal sealed record JudgedPassage(string Id, string Title, string Text);

/// <summary>A question of a retrieval set.</summary>
/// <param name="Text">The question.</param>
/// <param name="Relevant">How relevant each passage is that was judged relevant.</param>
internal sealed record JudgedQuestion(string Text, IReadOnlyDictionary<string, int> Relevant);

/// <summary>Passages with questions and what was judged relevant: <c>corpus.jsonl</c>, <c>queries.jsonl</c> and <c>qrels.tsv</c> in one folder.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Passages">All passages.</param>
/// <param name="Questions">Those with a judgement.</param>
internal sealed record RetrievalSet(string Name, IReadOnlyList<JudgedPassage> Passages, IReadOnlyList<JudgedQuestion> Questions)
{
    private const string Corpus = "corpus.jsonl";
    private const string Queries = "queries.jsonl";
    private const string Judgements = "qrels.tsv";

    /// <summary>The folders of sets below a folder.</summary>
    public static IReadOnlyList<string> FoldersIn(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder).Where(static set => File.Exists(Path.Combine(set, Corpus)) && File.Exists(Path.Combine(set, Judgements))).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Reads a set.</summary>
    /// <exception cref="BadGroundTruthException">A file does not have the form that it should have.</exception>
    public static async Task<RetrievalSet> ReadAsync(string folder, CancellationToken ct)
    {
        var judgements = await ReadJudgementsAsync(Path.Combine(folder, Judgements), ct);
        var passages = await ReadLinesAsync(Path.Combine(folder, Corpus), static line => new JudgedPassage(Text(line, "_id"), Text(line, "title"), Text(line, "text")), ct);
        var questions = await ReadLinesAsync(Path.Combine(folder, Queries), static line => (Id: Text(line, "_id"), Text: Text(line, "text")), ct);
        return new RetrievalSet(
            Path.GetFileName(folder), passages,
            [.. questions.Where(question => judgements.ContainsKey(question.Id)).Select(question => new JudgedQuestion(question.Text, judgements[question.Id]))]);
    }

    private static async Task<Dictionary<string, Dictionary<string, int>>> ReadJudgementsAsync(string path, CancellationToken ct)
    {
        var judgements = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        try
        {
            foreach (var parts in (await File.ReadAllLinesAsync(path, ct)).Skip(1).Where(static line => line.Length > 0).Select(static line => line.Split('\t')))
            {
                var grade = int.Parse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                if (grade > 0)
                {
                    (judgements.TryGetValue(parts[0], out var known) ? known : judgements[parts[0]] = new Dictionary<string, int>(StringComparer.Ordinal))[parts[1]] = grade;
                }
            }
        }
        catch (Exception exception) when (exception is FormatException or IndexOutOfRangeException)
        {
            throw new BadGroundTruthException(path, exception);
        }

        return judgements;
    }

    private static async Task<IReadOnlyList<T>> ReadLinesAsync<T>(string path, Func<JsonElement, T> read, CancellationToken ct)
    {
        var items = new List<T>();
        try
        {
            foreach (var line in (await File.ReadAllLinesAsync(path, ct)).Where(static line => line.Length > 0))
            {
                using var json = JsonDocument.Parse(line);
                items.Add(read(json.RootElement));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new BadGroundTruthException(path, exception);
        }

        return items;
    }

    private static string Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() ?? string.Empty : string.Empty;
}
