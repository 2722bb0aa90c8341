using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>Identifies one uploaded document.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct DocumentId(Guid Value) : IStrongId<DocumentId>
{
    /// <inheritdoc />
    public static string Prefix => "doc";

    /// <inheritdoc />
    public static DocumentId From(Guid value) => new(value);

    /// <summary>Reads a printed id; minimal-API route binding looks for this exact shape.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out DocumentId id) => StrongId.TryParse(text, out id);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}

/// <summary>Identifies one run of a document through its stages; a forced or edited re-run gets a new one.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct RunId(Guid Value) : IStrongId<RunId>
{
    /// <inheritdoc />
    public static string Prefix => "run";

    /// <inheritdoc />
    public static RunId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}
