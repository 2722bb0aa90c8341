namespace Idp.Domain.Extraction;

/// <summary>What a schema may be called: it names a file and stands in addresses.</summary>
public static class SchemaName
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>True for 1 to <see cref="MaximumLength"/> letters and digits of ASCII, <c>_</c> and <c>-</c>.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaximumLength } && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
}
