namespace Idp.Simulators.Options;

/// <summary>What a million tokens and what one search credit costs, in US dollars.</summary>
public sealed record PriceOptions
{
    /// <summary>Of a chat request.</summary>
    public decimal InputPerMillion { get; init; }

    /// <summary>Of a chat answer.</summary>
    public decimal OutputPerMillion { get; init; }

    /// <summary>Of an embeddings request.</summary>
    public decimal EmbeddingPerMillion { get; init; }

    /// <summary>Of one search credit.</summary>
    public decimal SearchCredit { get; init; } = 0.008m;
}
