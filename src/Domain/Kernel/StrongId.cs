using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Idp.Domain.Kernel;

/// <summary>An identifier that cannot be mistaken for another kind of identifier.</summary>
/// <typeparam name="TSelf">The id type.</typeparam>
public interface IStrongId<TSelf>
    where TSelf : struct, IStrongId<TSelf>
{
    /// <summary>The text that starts every printed id, e.g. <c>doc</c> in <c>doc_0197…</c>.</summary>
    static abstract string Prefix { get; }

    /// <summary>The raw value; time-ordered (UUID version 7) unless the type says otherwise.</summary>
    Guid Value { get; }

    /// <summary>Wraps a raw value read from storage.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>What all ids share, so that each id type stays at a few lines.</summary>
public static class StrongId
{
    /// <summary>A new time-ordered id.</summary>
    public static TId New<TId>(TimeProvider clock)
        where TId : struct, IStrongId<TId> => TId.From(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <summary>When an id that <see cref="New{TId}"/> made was made, to the millisecond.</summary>
    public static DateTimeOffset MadeAt<TId>(TId id)
        where TId : struct, IStrongId<TId>
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }

    /// <summary>Prints as <c>prefix_hex</c>.</summary>
    public static string Format<TId>(TId id)
        where TId : struct, IStrongId<TId> => string.Create(CultureInfo.InvariantCulture, $"{TId.Prefix}_{id.Value:n}");

    /// <summary>Reads what <see cref="Format"/> printed.</summary>
    /// <exception cref="FormatException">The text is no such id; stored ids always are.</exception>
    public static TId Parse<TId>(string text)
        where TId : struct, IStrongId<TId> =>
        TryParse<TId>(text, out var id) ? id : throw new FormatException($"'{text}' is not an id of the form {TId.Prefix}_….");

    /// <summary>Reads what <see cref="Format"/> printed; false for anything else, an all-zero id included.</summary>
    public static bool TryParse<TId>([NotNullWhen(true)] string? text, out TId id)
        where TId : struct, IStrongId<TId>
    {
        id = default;
        var prefix = TId.Prefix + "_";
        if (text is null
            || !text.StartsWith(prefix, StringComparison.Ordinal)
            || !Guid.TryParseExact(text.AsSpan(prefix.Length), "n", out var value)
            || value == Guid.Empty)
        {
            return false;
        }

        id = TId.From(value);
        return true;
    }
}
