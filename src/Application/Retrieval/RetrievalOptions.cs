using System.ComponentModel.DataAnnotations;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval;

/// <summary>How documents are made searchable; section <c>RETRIEVAL</c>.</summary>
public sealed class RetrievalOptions : IValidatableObject
{
    /// <summary>False makes no document searchable.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>The most tokens of a chunk.</summary>
    /// <value>64 to 4,000; default 320.</value>
    [Range(64, 4000)]
    public int ChunkTokens { get; init; } = ChunkSettings.Default.TokenBudget;

    /// <summary>The most tokens that a chunk repeats of the one before.</summary>
    /// <value>0 to half of <see cref="ChunkTokens"/>; default 40.</value>
    [Range(0, 2000)]
    public int ChunkOverlapTokens { get; init; } = ChunkSettings.Default.OverlapTokens;

    /// <summary>Pages that are cleaned at the same time.</summary>
    /// <value>1 to 64; default 2.</value>
    [Range(1, 64)]
    public int PagesAtOnce { get; init; } = 2;

    /// <summary>Documents that are made searchable at the same time on this node.</summary>
    /// <value>1 to 16; default 1.</value>
    [Range(1, 16)]
    public int MaxConcurrentDocuments { get; init; } = 1;

    /// <summary>True makes documents searchable by themselves that were completed by an earlier version or under other settings.</summary>
    /// <value>Default true.</value>
    public bool CatchUp { get; init; } = true;

    /// <summary>How documents are divided.</summary>
    internal ChunkSettings Chunks => new(ChunkTokens, ChunkOverlapTokens);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ChunkOverlapTokens * 2 > ChunkTokens)
        {
            yield return new ValidationResult("RETRIEVAL__CHUNK_OVERLAP_TOKENS may be at most half of RETRIEVAL__CHUNK_TOKENS.");
        }
    }
}
