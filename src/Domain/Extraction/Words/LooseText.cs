using System.Text;

namespace Idp.Domain.Extraction;

/// <summary>Compares texts as a reader would who forgives letter case, punctuation and slips of character recognition.</summary>
public static class LooseText
{
    /// <summary>Longer texts are compared by their first characters only, so that no input makes the comparison slow.</summary>
    private const int LongestCompared = 1_000;

    /// <summary>Lower-case letters and digits; everything between them becomes one space.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                folded.Append(char.ToLowerInvariant(character));
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Letters and digits only, in lower case: word breaks are forgiven as well.</summary>
    public static string Squeeze(string text) => Fold(text).Replace(" ", string.Empty, StringComparison.Ordinal);

    /// <summary>Single-character insertions, deletions and replacements that turn one text into the other (Levenshtein).</summary>
    public static int Distance(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        first = first[..Math.Min(first.Length, LongestCompared)];
        second = second[..Math.Min(second.Length, LongestCompared)];
        var row = new int[second.Length + 1];
        for (var column = 0; column < row.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= first.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column < row.Length; column++)
            {
                var replaced = diagonal + (first[line - 1] == second[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }

    /// <summary>The distance of the squeezed texts as a share of the longer one: 0 (the same) to 1 (nothing in common).</summary>
    public static double Difference(string first, string second)
    {
        var (left, right) = (Squeeze(first), Squeeze(second));
        var longer = Math.Min(LongestCompared, Math.Max(left.Length, right.Length));
        return longer == 0 ? 0 : (double)Distance(left, right) / longer;
    }

    /// <summary>True when the folded words of <paramref name="phrase"/> stand next to each other in the folded <paramref name="text"/>.</summary>
    /// <remarks>A word of five letters or more may differ by one character, one of nine or more by two.</remarks>
    public static bool ContainsPhrase(string text, string phrase)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var wanted = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var start = 0; wanted.Length > 0 && start + wanted.Length <= words.Length; start++)
        {
            if (wanted.Select((word, index) => IsWord(words[start + index], word)).All(same => same))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a folded word is the wanted one, give or take a slip of character recognition.</summary>
    public static bool IsWord(string word, string wanted)
    {
        if (string.Equals(word, wanted, StringComparison.Ordinal))
        {
            return true;
        }

        var forgiven = wanted.Length switch { >= 9 => 2, >= 5 => 1, _ => 0 };
        return forgiven > 0 && Math.Abs(word.Length - wanted.Length) <= forgiven && Distance(word, wanted) <= forgiven;
    }
}
