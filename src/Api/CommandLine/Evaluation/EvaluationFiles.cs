namespace Idp.Api.CommandLine.Evaluation;

/// <summary>Finds files and the ground truth of the same name.</summary>
internal static class EvaluationFiles
{
    /// <summary>Pairs each file of a folder with <c>ground_truth/NAME.json</c>, where NAME is the file's, less <paramref name="suffix"/>.</summary>
    public static IReadOnlyList<EvaluationCase> Pair(string set, string folder, string suffix = "")
    {
        var files = Path.Combine(set, folder);
        return Directory.Exists(files)
            ? [.. Directory.EnumerateFiles(files).Order(StringComparer.Ordinal).Select(file => Pair(set, file, suffix, file)).OfType<EvaluationCase>()]
            : [];
    }

    private static EvaluationCase? Pair(string set, string file, string suffix, string original)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (suffix.Length > 0 && name.EndsWith(suffix, StringComparison.Ordinal))
        {
            name = name[..^suffix.Length];
        }

        var truth = Path.Combine(set, "ground_truth", name + ".json");
        return File.Exists(truth) ? new EvaluationCase(original, truth) : null;
    }
}
