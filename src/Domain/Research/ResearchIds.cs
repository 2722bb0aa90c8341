using Idp.Domain.Kernel;

namespace Idp.Domain.Research;

/// <summary>Identifies a research job: the companies that were sent together.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct JobId(Guid Value) : IStrongId<JobId>
{
    /// <inheritdoc />
    public static string Prefix => "job";

    /// <inheritdoc />
    public static JobId From(Guid value) => new(value);

    /// <summary>Reads a printed id; minimal-API route binding looks for this exact shape.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out JobId id) => StrongId.TryParse(text, out id);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}

/// <summary>Identifies one company of one job.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct CompanyId(Guid Value) : IStrongId<CompanyId>
{
    /// <inheritdoc />
    public static string Prefix => "cmp";

    /// <inheritdoc />
    public static CompanyId From(Guid value) => new(value);

    /// <summary>Reads a printed id; minimal-API route binding looks for this exact shape.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out CompanyId id) => StrongId.TryParse(text, out id);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}
