namespace Idp.Domain.Kernel.Costs;

/// <summary>Identifies one paid call: an intent and all its tries.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct CallId(Guid Value) : IStrongId<CallId>
{
    /// <inheritdoc />
    public static string Prefix => "call";

    /// <inheritdoc />
    public static CallId From(Guid value) => new(value);

    /// <summary>Reads a printed id.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out CallId id) => StrongId.TryParse(text, out id);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}
