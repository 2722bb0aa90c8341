using System.Text;

namespace Idp.Simulators.Serving;

/// <summary>The simulator's own pre-tokenizer: words in pieces of at most four letters, digits in groups of at most three, every other visible mark by itself. Letters beyond the European alphabets count one each. White space is free.</summary>
internal static class TokenCounter
{
    private const int LettersInPiece = 4;
    private const int DigitsInGroup = 3;
    private const int LastEuropeanLetter = 0x052F;

    /// <summary>What a chat message costs beside its text.</summary>
    private const int PerMessage = 3;

    /// <summary>What a reply costs beside its text.</summary>
    private const int PerReply = 3;

    /// <summary>Tokens of a text.</summary>
    public static int Count(ReadOnlySpan<char> text) => Walk(text, int.MaxValue).Tokens;

    /// <summary>Tokens of a whole chat request: each message, and the schema it asks for.</summary>
    public static int CountRequest(IEnumerable<string> messages, string schema) =>
        messages.Sum(static message => Count(message) + PerMessage) + Count(schema) + PerReply;

    /// <summary>The beginning of a text that has at most so many tokens.</summary>
    public static string Cut(string text, int tokens) => text[..Walk(text, tokens).Length];

    private static (int Tokens, int Length) Walk(ReadOnlySpan<char> text, int most)
    {
        var (tokens, run, kind, position) = (0, 0, RuneKind.Space, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var next = KindOf(rune);
            var continues = next == kind && ((next is RuneKind.Letter && run < LettersInPiece) || (next is RuneKind.Digit && run < DigitsInGroup));
            if (next is not RuneKind.Space && !continues)
            {
                if (tokens == most)
                {
                    return (tokens, position);
                }

                tokens++;
            }

            run = continues ? run + 1 : 1;
            kind = next;
            position += rune.Utf16SequenceLength;
        }

        return (tokens, text.Length);
    }

    private static RuneKind KindOf(Rune rune) =>
        Rune.IsWhiteSpace(rune) ? RuneKind.Space
        : Rune.IsDigit(rune) ? RuneKind.Digit
        : Rune.IsLetter(rune) && rune.Value <= LastEuropeanLetter ? RuneKind.Letter
        : RuneKind.Mark;

    private enum RuneKind
    {
        Space,
        Letter,
        Digit,
        Mark,
    }
}
