using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>Identifies a chunk of a document.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct ChunkId(Guid Value) : IStrongId<ChunkId>
{
    /// <inheritdoc />
    public static string Prefix => "chk";

    /// <inheritdoc />
    public static ChunkId From(Guid value) => new(value);

    /// <summary>Reads a printed id; minimal-API route binding looks for this exact shape.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out ChunkId id) => StrongId.TryParse(text, out id);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}

/// <summary>A part of a document that is searched and cited as one.</summary>
/// <param name="Ordinal">Its place among the chunks of the document, from 0.</param>
/// <param name="Headings">The headings that it stands under, from the outermost.</param>
/// <param name="Text">Its text; tables as Markdown.</param>
/// <param name="Places">Where its lines are printed, in the order of the text.</param>
/// <param name="Tokens">About how many tokens it makes.</param>
public sealed record Chunk(int Ordinal, ValueList<string> Headings, string Text, ValueList<TextPlace> Places, int Tokens)
{
    /// <summary>The pages that it stands on, ascending.</summary>
    public ValueList<int> Pages => Places.Select(static place => place.Page).Distinct().Order().ToValueList();

    /// <summary>The text under its headings: what it means often depends on them.</summary>
    public string TextUnderHeadings => Headings.Count == 0 ? Text : $"{string.Join(" > ", Headings)}\n{Text}";
}

/// <summary>How a document is divided.</summary>
/// <param name="TokenBudget">The most tokens of a chunk, at least 32.</param>
/// <param name="OverlapTokens">The most tokens of running text that a chunk repeats of the one before; less than half of the budget.</param>
public sealed record ChunkSettings(int TokenBudget, int OverlapTokens)
{
    /// <summary>What is used unless it is set otherwise.</summary>
    public static ChunkSettings Default { get; } = new(320, 40);
}
