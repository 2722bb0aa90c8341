namespace Idp.Simulators.Truth;

/// <summary>A text reduced to what OCR rarely gets wrong: letters and digits only, one case, look-alikes made equal; where words begin is kept.</summary>
internal sealed class FoldedText
{
    /// <summary>Shorter texts occur by chance, so they must be whole words.</summary>
    private const int FreeStandingLength = 5;

    private readonly string _letters;
    private readonly HashSet<int> _wordStarts;

    /// <summary>Folds a text.</summary>
    public FoldedText(string text)
    {
        var letters = new char[text.Length];
        var (count, isStart) = (0, true);
        _wordStarts = [];
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                isStart = true;
            }
            else if (Fold(letter) is { } folded)
            {
                if (isStart)
                {
                    _wordStarts.Add(count);
                    isStart = false;
                }

                letters[count++] = folded;
            }
        }

        _letters = new string(letters, 0, count);
        Words = _wordStarts.Order().Zip(_wordStarts.Order().Skip(1).Append(count), (start, end) => _letters[start..end]).Where(static word => word.Length > 1).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The words of at least two letters, folded.</summary>
    public IReadOnlySet<string> Words { get; }

    /// <summary>The whole, folded.</summary>
    public string Letters => _letters;

    /// <summary>Whether each line of a printed form occurs here. One without letters and digits occurs nowhere.</summary>
    public bool Contains(string printed)
    {
        var lines = printed.Split('\n').Select(static line => new FoldedText(line).Letters).Where(static line => line.Length > 0).ToList();
        return lines.Count > 0 && lines.TrueForAll(Occurs);
    }

    private bool Occurs(string line)
    {
        for (var at = _letters.IndexOf(line, StringComparison.Ordinal); at >= 0; at = _letters.IndexOf(line, at + 1, StringComparison.Ordinal))
        {
            var end = at + line.Length;
            var (starts, ends) = (_wordStarts.Contains(at), end == _letters.Length || _wordStarts.Contains(end));
            if ((starts && ends) || (line.Length >= FreeStandingLength && (starts || ends)))
            {
                return true;
            }
        }

        return false;
    }

    private static char? Fold(char letter) => char.ToLowerInvariant(letter) switch
    {
        'o' => '0',
        'i' or 'l' or '|' or '!' => '1',
        's' => '5',
        'b' => '8',
        'z' => '2',
        var other => char.IsLetterOrDigit(other) ? other : null,
    };
}
