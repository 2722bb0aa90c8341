using System.Collections.Frozen;
using System.Text.Json;

namespace Idp.Infrastructure.Kernel.Sql;

/// <summary>Enum members as tables hold them: in snake case, as the contract prints them.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
internal static class EnumText<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Texts = Enum.GetValues<TEnum>()
        .ToFrozenDictionary(static member => member, static member => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString()));

    private static readonly FrozenDictionary<string, TEnum> Members = Texts
        .ToFrozenDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The member's text.</summary>
    public static string Of(TEnum member) => Texts[member];

    /// <summary>The member of a stored text.</summary>
    /// <exception cref="FormatException">No member has this text.</exception>
    public static TEnum Parse(string text) =>
        Members.TryGetValue(text, out var member) ? member : throw new FormatException($"'{text}' is no {typeof(TEnum).Name}.");
}
