namespace Idp.Simulators.Options;

/// <summary>What a million tokens costs, in US dollars.</summary>
public sealed record PriceOptions
{
    /// <summary>Of a chat request.</summary>
    public decimal InputPerMillion { get; init; }

    /// <summary>Of a chat answer.</summary>
    public decimal OutputPerMillion { get; init; }

    /// <summary>Of an embeddings request.</summary>
    public decimal EmbeddingPerMillion { get; init; }
}
