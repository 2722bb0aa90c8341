namespace Idp.Domain.Research;

/// <summary>What a rubric may be called: it names a file and stands in addresses.</summary>
public static class RubricName
{
    /// <summary>Longest name, in characters.</summary>
    private const int MaximumLength = 64;

    /// <summary>True for letters and digits of ASCII, <c>_</c> and <c>-</c>, at most 64 of them.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaximumLength } && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
}
