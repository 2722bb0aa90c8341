using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>What the wording of a label says about how lines hang together.</summary>
internal static partial class StatementLabel
{
    /// <summary>The label without dots that lead to the value, footnote marks and specks.</summary>
    public static string Clean(string label) => Footnote().Replace(Leaders().Replace(label, string.Empty), string.Empty).Trim(' ', '|', '\u2018', '`', '\u00B7', '_');

    /// <summary>Two printed lines of one label as one; a word that was broken at a hyphen is made whole.</summary>
    public static string Join(string first, string second) =>
        first.Length == 0 ? second
        : first.EndsWith('-') && second.Length > 0 && char.IsLower(second[0]) ? first + second
        : $"{first} {second}";

    /// <summary>True for a line that ends in the middle of a sentence: a comma, a hyphen, a bracket that is not closed, a word such as "of".</summary>
    public static bool IsOpen(string label) =>
        label.Count(character => character == '(') > label.Count(character => character == ')') || Connecting().IsMatch(label);

    /// <summary>True for a line that goes on in the middle of a sentence.</summary>
    public static bool Continues(string label) => label.Length > 0 && (char.IsLower(label[0]) || (Inner().IsMatch(label) && !OwnLine().IsMatch(label)));

    /// <summary>True for a line that heads others: it ends with a colon or is all in capitals.</summary>
    public static bool IsHeading(string label) => label.EndsWith(':') || (PrintedText.IsUpper(label) && label.Count(char.IsLetter) > 3);

    /// <summary>True for the line under a statement that refers to the notes; what follows it is no part of the statement.</summary>
    public static bool EndsStatement(string line) => Closing().IsMatch(line);

    [GeneratedRegex(@"(?:[ .\u2026\u00B7_]{2,}|(?: \.)+|\.{2,})$", RegexOptions.NonBacktracking)]
    private static partial Regex Leaders();

    [GeneratedRegex(@" ?(?:\((?:[0-9]{1,2}|[a-z]|[ivx]{1,4})\)|\*+|[\u2020\u2021\u00B9\u00B2\u00B3]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Footnote();

    [GeneratedRegex(@"(?:[,;\u2013\u2014&/-]|\b(?:and|or|of|for|in|to|by|the|on|from|with|at|net|per|than|under|including|related))$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Connecting();

    [GeneratedRegex(@"^[0-9($\u20AC\u00A3]", RegexOptions.NonBacktracking)]
    private static partial Regex Inner();

    /// <summary>Numbered or bracketed labels of their own: "1. Sales", "(Loss) profit", "(a) Basic".</summary>
    [GeneratedRegex(@"^(?:[0-9]{1,2}[.)] |\([A-Z]|\([a-z]\) |\((?:loss|profit|income|decrease|increase|deficit|benefit|provision|gain)|\((?:i|ii|iii|iv)\))", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OwnLine();

    [GeneratedRegex(@"\baccompanying (?:\w+ )*notes\b|\bsee (?:the )?(?:\w+ ){0,3}notes?\b|\bnotes .*(?:integral|form) (?:an )?(?:integral )?part\b|\bintegral part of\b|\bnotes on pages\b|\brefer to (?:the )?(?:\w+ ){0,3}notes\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Closing();
}
