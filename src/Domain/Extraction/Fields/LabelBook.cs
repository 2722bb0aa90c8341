using System.Text;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>One printed label of the schema, as tokens.</summary>
/// <param name="Text">As the schema has it.</param>
/// <param name="Tokens">Lower-case letters and digits, in order.</param>
/// <param name="Fields">The fields that it announces.</param>
internal sealed record Label(string Text, IReadOnlyList<string> Tokens, IReadOnlyList<FieldDefinition> Fields);

/// <summary>Letters and digits of a word, and the word that they come from.</summary>
internal readonly record struct Token(string Text, int Word);

/// <summary>The labels of a schema, ready to be compared with the words of a page.</summary>
internal sealed class LabelBook
{
    /// <summary>What "No.", "Nbr" and "#" stand for.</summary>
    private const string NumberToken = "number";

    private readonly Dictionary<string, List<Label>> _byFirstToken;

    private LabelBook(Dictionary<string, List<Label>> byFirstToken) => _byFirstToken = byFirstToken;

    /// <summary>Takes the labels of all fields.</summary>
    public static LabelBook Of(ExtractionSchema schema)
    {
        var labels = schema.Fields
            .SelectMany(field => field.Labels.Select(label => (Field: field, Text: label, Tokens: Tokenize(label))))
            .Where(entry => entry.Tokens.Count > 0)
            .GroupBy(entry => string.Join(' ', entry.Tokens), StringComparer.Ordinal)
            .Select(group => new Label(group.First().Text, group.First().Tokens, group.Select(entry => entry.Field).Distinct().ToList()));
        return new LabelBook(labels
            .GroupBy(label => label.Tokens[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(label => label.Tokens.Count)
                .ToList(), StringComparer.Ordinal));
    }

    /// <summary>
    /// The longest label that starts at a token; the number of tokens that it takes on the page, and how well they agree (0 to 1).
    /// </summary>
    /// <param name="tokens">The tokens of a segment.</param>
    /// <param name="start">Where to look.</param>
    /// <param name="tolerant">True to forgive recognition slips.</param>
    public (Label Label, int Length, double Similarity)? Longest(IReadOnlyList<Token> tokens, int start, bool tolerant)
    {
        var candidates = _byFirstToken.TryGetValue(tokens[start].Text, out var exact)
            ? exact
            : tolerant && tokens[start].Text.Length >= 5
                ? _byFirstToken.Where(entry => Similarity(entry.Key, tokens[start].Text) > 0).SelectMany(entry => entry.Value)
                : [];
        (Label Label, int Length, double Similarity)? best = null;
        foreach (var label in candidates)
        {
            if (best is null || label.Tokens.Count > best.Value.Label.Tokens.Count)
            {
                var (length, similarity) = Matches(label, tokens, start, tolerant);
                if (label.Tokens.Count == 1 && label.Tokens[0].Length != tokens[start].Text.Length)
                {
                    continue;
                }

                best = length > 0 ? (label, length, similarity) : best;
            }
        }

        return best;
    }

    /// <summary>Letters and digits of each word in lower case; a word with marks inside gives several (<c>Owner/Signer</c>).</summary>
    public static IReadOnlyList<Token> TokensOf(IReadOnlyList<Word> words) => words
        .SelectMany((word, at) => Tokenize(word.Text).Select(token => new Token(token, at)))
        .ToList();

    private static List<string> Tokenize(string text)
    {
        var tokens = new List<string>();
        var current = new StringBuilder();
        foreach (var character in text.Replace("(s)", "s", StringComparison.OrdinalIgnoreCase)
            .Replace("'", string.Empty, StringComparison.Ordinal).Replace("\u2019", string.Empty, StringComparison.Ordinal))
        {
            if (char.IsLetterOrDigit(character))
            {
                current.Append(char.ToLowerInvariant(character));
            }
            else if (character is not ('.' or '-') || current.Length >= 4)
            {
                Close(current, tokens);
                if (character == '#')
                {
                    tokens.Add(NumberToken);
                }
            }
        }

        Close(current, tokens);
        return tokens;
    }

    private static void Close(StringBuilder current, List<string> tokens)
    {
        if (current.Length > 0)
        {
            tokens.Add(current.ToString() switch
            {
                "no" or "nbr" or "num" or "nr" => NumberToken,
                "acct" or "acc" => "account",
                var token => token,
            });
            current.Clear();
        }
    }

    /// <summary>Compares a label with the tokens; a counter inside (<c>Signer 1 Name</c>) is passed over.</summary>
    private static (int Length, double Similarity) Matches(Label label, IReadOnlyList<Token> tokens, int start, bool tolerant)
    {
        var similarity = 1.0;
        var at = start;
        for (var expected = 0; expected < label.Tokens.Count; expected++, at++)
        {
            if (expected > 0 && at + 1 < tokens.Count && tokens[at].Text != label.Tokens[expected] && IsCounter(tokens[at].Text))
            {
                at++;
            }

            if (at >= tokens.Count)
            {
                return (0, 0);
            }

            var same = tokens[at].Text == label.Tokens[expected] ? 1 : tolerant ? Similarity(label.Tokens[expected], tokens[at].Text) : 0;
            if (same <= 0)
            {
                return (0, 0);
            }

            similarity = Math.Min(similarity, same);
        }

        return (at - start, similarity);
    }

    private static bool IsCounter(string token) => token.Length <= 2 && (char.IsAsciiDigit(token[0]) || token is "i" or "l" or "ii");

    private static double Similarity(string expected, string found)
    {
        var allowed = expected.Length >= 9 ? 2 : expected.Length >= 5 ? 1 : 0;
        if (Math.Abs(expected.Length - found.Length) > allowed)
        {
            return 0;
        }

        var distance = EditDistance.Between(expected, found, allowed);
        return distance > allowed ? 0 : 1 - ((double)distance / expected.Length);
    }
}
