namespace Idp.Simulators.Options;

/// <summary>What a million tokens, one search credit and one recognised page cost, in US dollars.</summary>
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

    /// <summary>Of one page to be recognised, whatever the mode.</summary>
    public decimal RecognizedPage { get; init; } = 0.015m;
}
