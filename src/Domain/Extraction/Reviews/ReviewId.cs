using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Identifies one entry of the audit trail of reviews.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct ReviewId(Guid Value) : IStrongId<ReviewId>
{
    /// <inheritdoc />
    public static string Prefix => "rev";

    /// <inheritdoc />
    public static ReviewId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}
