using System.Text;

namespace Idp.Domain.Kernel.Costs;

/// <summary>Counts the tokens of a text without the model's own tokenizer.</summary>
public static class TokenCount
{
    /// <summary>
    /// No tokenizer, not even one that takes every byte or every digit by itself, makes more than this many times <see cref="Estimate"/> tokens
    /// of a text.
    /// </summary>
    public const int MostUndercounted = 6;

    /// <summary>Tokenizers keep so many letters of an ordinary word together …</summary>
    private const int LettersPerToken = 5;

    /// <summary>… but fewer of a word in capitals, …</summary>
    private const int CapitalsPerToken = 3;

    /// <summary>… and take digits one by one, or up to three at a time.</summary>
    private const int DigitsPerToken = 2;

    /// <summary>Rules and white space go together: <c>----</c>.</summary>
    private const int RepeatsPerToken = 4;

    private enum Kind
    {
        Letter,
        Digit,
        White,
        Mark,
        Other,
    }

    /// <summary>
    /// About how many tokens a text makes: for planning. Errs on the high side for the usual vocabularies, and is never less than the number of bytes
    /// divided by <see cref="MostUndercounted"/>.
    /// </summary>
    /// <param name="text">The text.</param>
    public static int Estimate(string text)
    {
        var tokens = 0;
        for (var at = 0; at < text.Length;)
        {
            var (kind, start) = (KindOf(text[at]), at);
            if (kind is Kind.Other)
            {
                tokens += Foreign(text, ref at);
                continue;
            }

            while (at < text.Length && KindOf(text[at]) == kind && (kind is not Kind.Mark || text[at] == text[start]))
            {
                at++;
            }

            var run = text.AsSpan(start, at - start);
            tokens += kind switch
            {
                Kind.Letter => Parts(run.Length, IsShouted(run) ? CapitalsPerToken : LettersPerToken),
                Kind.Digit => Parts(run.Length, DigitsPerToken),
                Kind.White => run is " " && at < text.Length && start > 0 ? 0 : Parts(run.Length, RepeatsPerToken),
                _ => Parts(run.Length, RepeatsPerToken),
            };
        }

        return tokens;
    }

    /// <summary>
    /// The most tokens that a text can make: its bytes in UTF-8, since a token stands for a byte at least. Marks that a provider puts around
    /// messages are not in the text and not counted.
    /// </summary>
    /// <param name="text">The text.</param>
    public static int UpperBound(string text) => Encoding.UTF8.GetByteCount(text);

    private static Kind KindOf(char character) => character switch
    {
        _ when char.IsAsciiLetter(character) => Kind.Letter,
        _ when char.IsAsciiDigit(character) => Kind.Digit,
        ' ' or '\n' or '\r' or '\t' => Kind.White,
        _ when char.IsAscii(character) => Kind.Mark,
        _ => Kind.Other,
    };

    /// <summary>A character beyond ASCII takes most of its bytes as tokens.</summary>
    private static int Foreign(string text, ref int at)
    {
        _ = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
        at += length;
        return rune.Utf8SequenceLength - 1;
    }

    /// <summary>True for capitals, and for the mixture that recognition makes of a bad print.</summary>
    private static bool IsShouted(ReadOnlySpan<char> word)
    {
        var capitals = 0;
        foreach (var letter in word)
        {
            capitals += char.IsAsciiLetterUpper(letter) ? 1 : 0;
        }

        return capitals > 1;
    }

    private static int Parts(int length, int perToken) => (length + perToken - 1) / perToken;
}
