namespace Idp.Domain.Documents;

/// <summary>The identity of a file's bytes.</summary>
/// <param name="Value">Lower-case hexadecimal SHA-256.</param>
public readonly record struct ContentHash(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}
