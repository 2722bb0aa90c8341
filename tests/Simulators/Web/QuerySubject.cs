using System.Text.RegularExpressions;

namespace Idp.Simulators.Web;

/// <summary>Whom a query is about: the words in quotation marks, or else the capitalised words that it begins with.</summary>
internal static partial class QuerySubject
{
    /// <summary>Words that are written with capitals and are no part of a name.</summary>
    private static readonly HashSet<string> TopicWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "GPU", "GPUs", "TPU", "LLM", "LLMs", "ML", "MLOps", "CUDA", "H100", "H200", "A100", "B200", "NVIDIA", "company", "AND", "OR", "NOT",
    };

    /// <summary>The name; empty where there is none.</summary>
    public static string Of(string query)
    {
        if (Quoted().Match(query) is { Success: true } quoted)
        {
            return quoted.Groups["name"].Value.Trim();
        }

        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var count = words.TakeWhile(static (word, index) => index == 0 || (!TopicWords.Contains(word) && BeginsAName(word))).Count();
        return string.Join(' ', words.Take(count)).TrimEnd(',', ';', ':');
    }

    /// <summary>Letters and digits in one case, with a space at each end and between words.</summary>
    public static string Fold(string text) => $" {Others().Replace(text.ToLowerInvariant(), " ").Trim()} ";

    private static bool BeginsAName(string word) => char.IsUpper(word[0]) || char.IsDigit(word[0]) || word is "&" or "of" or "and" or "de" or "the";

    [GeneratedRegex("[\"“](?<name>[^\"“”]{1,200})[\"”]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[^\p{L}\p{N}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Others();
}
