namespace Idp.Domain.Extraction;

/// <summary>How a value was found from its key.</summary>
internal enum PairLink
{
    /// <summary>To the right of a caption with a colon.</summary>
    RightOfColon,

    /// <summary>Below a caption with a colon.</summary>
    BelowColon,

    /// <summary>To the right of a caption without a colon.</summary>
    RightOfCaption,

    /// <summary>Below a caption without a colon, as in boxed forms.</summary>
    BelowCaption,

    /// <summary>In the column of a table under its header.</summary>
    ColumnOfTable,

    /// <summary>In the row of a table beside its label.</summary>
    RowOfTable,

    /// <summary>Right behind the caption, without a gap.</summary>
    Joined,
}

/// <summary>A key and the cells of its value.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Key">The caption's cells.</param>
/// <param name="Value">The value's cells, at least one.</param>
/// <param name="Link">How they belong together.</param>
internal sealed record PairCandidate(int Page, IReadOnlyList<FormCell> Key, IReadOnlyList<FormCell> Value, PairLink Link);
