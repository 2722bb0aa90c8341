namespace Idp.Domain.Extraction;

/// <summary>What recognition mixes up: characters that look alike, and how far apart two readings are.</summary>
internal static class OcrConfusion
{
    /// <summary>The digit that a character is easily read for, or the character itself in upper case.</summary>
    public static char Fold(char character) => char.ToUpperInvariant(character) switch
    {
        'O' or 'Q' or 'D' => '0',
        'I' or 'L' or '|' or '!' => '1',
        'Z' => '2',
        'S' or '§' => '5',
        'G' => '6',
        'B' => '8',
        var other => other,
    };

    /// <summary>A text with every easily confused character folded to one form.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = Fold(source[i]);
        }
    });

    /// <summary>The fewest characters to change, add or drop to come from one text to the other, confusable characters counting as equal.</summary>
    public static int Distance(string text, string other)
    {
        var (from, to) = (Fold(text), Fold(other));
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var current = new int[to.Length + 1];
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[to.Length];
    }
}
