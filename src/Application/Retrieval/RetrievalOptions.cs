using System.ComponentModel.DataAnnotations;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval;

/// <summary>How documents are made searchable; section <c>RETRIEVAL</c>.</summary>
public sealed class RetrievalOptions : IValidatableObject
{
    private const string ByRules = "rules";
    private const string ByModel = "model";

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

    /// <summary>Who cleans pages: <c>rules</c>, or the <c>model</c> of section <c>LLM</c> after them.</summary>
    /// <value>Default <c>rules</c>.</value>
    [AllowedValues(ByRules, ByModel)]
    public string Cleaning { get; init; } = ByRules;

    /// <summary>The most calls for cleaning one document; one that needs more stays as the rules cleaned it.</summary>
    /// <value>1 to 10,000; default 40.</value>
    [Range(1, 10_000)]
    public int CleaningMaxCalls { get; init; } = 40;

    /// <summary>Who sums documents up: <c>rules</c>, or the <c>model</c> of section <c>LLM</c>.</summary>
    /// <value>Default <c>rules</c>.</value>
    [AllowedValues(ByRules, ByModel)]
    public string Summary { get; init; } = ByRules;

    /// <summary>The most tokens of pages in one call for a summary.</summary>
    /// <value>500 to 1,000,000; default 6,000.</value>
    [Range(500, 1_000_000)]
    public int SummaryInputTokens { get; init; } = 6_000;

    /// <summary>The most calls for the summary of one document; one that needs more keeps that by rules.</summary>
    /// <value>1 to 10,000; default 40.</value>
    [Range(1, 10_000)]
    public int SummaryMaxCalls { get; init; } = 40;

    /// <summary>True when a model looks over cleaned pages.</summary>
    public bool HasCleaningByModel => Cleaning == ByModel;

    /// <summary>True when a model sums documents up.</summary>
    public bool HasSummaryByModel => Summary == ByModel;

    /// <summary>How documents are divided.</summary>
    internal ChunkSettings Chunks => new(ChunkTokens, ChunkOverlapTokens);

    /// <summary>What is wrong with these settings beside those of the language model; null when nothing is.</summary>
    /// <param name="hasModel">True when a model is set.</param>
    public string? FaultWith(bool hasModel) => hasModel ? null
        : HasSummaryByModel ? "RETRIEVAL__SUMMARY is 'model', and there is none: set LLM__PROVIDER=openai, or RETRIEVAL__SUMMARY=rules."
        : HasCleaningByModel ? "RETRIEVAL__CLEANING is 'model', and there is none: set LLM__PROVIDER=openai, or RETRIEVAL__CLEANING=rules."
        : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ChunkOverlapTokens * 2 > ChunkTokens)
        {
            yield return new ValidationResult("RETRIEVAL__CHUNK_OVERLAP_TOKENS may be at most half of RETRIEVAL__CHUNK_TOKENS.");
        }
    }
}
