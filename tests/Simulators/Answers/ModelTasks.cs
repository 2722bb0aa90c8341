using System.Text.RegularExpressions;

namespace Idp.Simulators.Answers;

/// <summary>The tasks by name. The order matters: a name that is also an everyday word is looked for last.</summary>
internal static partial class ModelTasks
{
    /// <summary>Fields and tables of an account.</summary>
    public const string Extraction = "extraction";

    /// <summary>The account of each page.</summary>
    public const string PageAssignment = "page_assignment";

    /// <summary>Financial statements.</summary>
    public const string Statement = "statement";

    /// <summary>A summary.</summary>
    public const string Summary = "summary";

    /// <summary>Pages without running heads and such.</summary>
    public const string CleanedPage = "cleaned_page";

    /// <summary>The score of a company.</summary>
    public const string CompanyAnalysis = "company_analysis";

    /// <summary>An answer with citations.</summary>
    public const string Answer = "answer";

    private static readonly string[] Names = [PageAssignment, CompanyAnalysis, CleanedPage, Extraction, Statement, Summary, Answer];

    /// <summary>The task that a schema's name says; the name itself where it is no known task.</summary>
    public static string OfSchema(string name) => Names.FirstOrDefault(task => name.StartsWith(task, StringComparison.Ordinal)) ?? name;

    /// <summary>The task that a text names: after the word "task", or else anywhere; empty where none is named.</summary>
    public static string NamedIn(string text)
    {
        var words = TaskWords().Matches(text).Select(static word => word.Value).ToList();
        var labelled = words.SkipWhile(static word => !word.Equals("task", StringComparison.OrdinalIgnoreCase)).Skip(1).FirstOrDefault(static word => Names.Contains(word));
        return labelled ?? Names.FirstOrDefault(words.Contains) ?? string.Empty;
    }

    [GeneratedRegex("[A-Za-z_]+", RegexOptions.NonBacktracking)]
    private static partial Regex TaskWords();
}
