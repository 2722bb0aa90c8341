using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>Identifies a batch: the files that were sent together.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct BatchId(Guid Value) : IStrongId<BatchId>
{
    /// <inheritdoc />
    public static string Prefix => "bat";

    /// <inheritdoc />
    public static BatchId From(Guid value) => new(value);

    /// <summary>Reads a printed id; minimal-API route binding looks for this exact shape.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out BatchId id) => StrongId.TryParse(text, out id);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}
