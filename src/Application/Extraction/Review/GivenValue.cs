using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>A value as a person typed it.</summary>
/// <param name="Text">The value, in any form that the field's type is printed in.</param>
/// <param name="Key">For key–value pairs, the key; null leaves it as it is.</param>
public sealed record GivenValue(string Text, string? Key = null)
{
    /// <summary>The longest value and key, in characters.</summary>
    public const int LongestText = 10_000;

    /// <summary>The longest note, in characters.</summary>
    public const int LongestNote = 2_000;

    /// <summary>The value as it is stored; an error when it is none of the field's type.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="type">The field's type.</param>
    /// <param name="definition">The field in the document's schema; null when the schema has it no longer.</param>
    /// <param name="knownKey">The key of a pair until now.</param>
    internal Result<FieldValue> Normalize(string name, FieldType type, FieldDefinition? definition, string? knownKey)
    {
        var value = definition is { } known && known.Type == type ? ValueNormalizer.Normalize(known, Text) : ValueNormalizer.Normalize(type, Text);
        if (value is null)
        {
            return ExtractionErrors.ValueNotValid(name, type);
        }

        if (type is not FieldType.Pair)
        {
            return Key is null ? new FieldValue(value) : ExtractionErrors.OnlyPairsHaveKeys();
        }

        var key = Key is null ? knownKey : ValueNormalizer.Normalize(FieldType.Text, Key);
        return key is null ? ExtractionErrors.KeyMissing() : new FieldValue(value, key);
    }
}
