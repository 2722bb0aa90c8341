namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>A vector as PostgreSQL keeps it. Set by name, because the reader names no type for what an array holds.</summary>
internal sealed record VectorRow
{
    /// <summary>Whose it is.</summary>
    public long Version { get; init; }

    /// <summary>The chunk.</summary>
    public long Number { get; init; }

    /// <summary>Of length 1.</summary>
    public float[] Vector { get; init; } = [];
}
