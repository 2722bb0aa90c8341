using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>What a person did with a field.</summary>
public enum ReviewAction
{
    /// <summary>Confirmed the value that was shown.</summary>
    Approved,

    /// <summary>Gave another value.</summary>
    Corrected,

    /// <summary>Gave a value that was missing.</summary>
    Added,

    /// <summary>Took the review back; the machine's reading counts again.</summary>
    Withdrawn,
}

/// <summary>A field's value as a person sees and gives it.</summary>
/// <param name="Value">The normalised value.</param>
/// <param name="Key">For key–value pairs, the key; null otherwise.</param>
public sealed record FieldValue(string Value, string? Key = null)
{
    /// <summary>The value of a field.</summary>
    public static FieldValue Of(ExtractedField field) => new(field.Value, field.Key);
}

/// <summary>The account that a review belongs to; its number counts, because accounts change places.</summary>
/// <param name="Index">Its place when the review was made, from 0.</param>
/// <param name="Number">Its normalised number; null when the document has no accounts.</param>
public sealed record ReviewedAccountKey(int Index, string? Number);

/// <summary>One entry of the audit trail: never changed, and the latest of a field counts.</summary>
/// <remarks>It belongs to the document and to no run: what it is about is found again in every run's result by account, name, value and place.</remarks>
/// <param name="Id">The entry.</param>
/// <param name="Field">The field; every entry of one field has the same.</param>
/// <param name="Action">What the person did.</param>
/// <param name="Account">The account.</param>
/// <param name="Reading">The machine's reading when the review was made; when no machine read it, what the person gave.</param>
/// <param name="IsFromMachine">True when <paramref name="Reading"/> is a machine's.</param>
/// <param name="IsMultiple">True when the account may have several values of the name.</param>
/// <param name="Value">What counts from now on; for a review taken back, the machine's value.</param>
/// <param name="PreviousValue">What was shown before; null for a value that was missing.</param>
/// <param name="Note">The person's words; null for none.</param>
/// <param name="Actor">Who it was.</param>
/// <param name="At">When.</param>
public sealed record FieldReview(
    ReviewId Id, FieldId Field, ReviewAction Action, ReviewedAccountKey Account, ExtractedField Reading, bool IsFromMachine, bool IsMultiple,
    FieldValue Value, FieldValue? PreviousValue, string? Note, string Actor, DateTimeOffset At)
{
    /// <summary>The reviews that count: the latest of each field, unless it was taken back; in the order of the first entries.</summary>
    /// <param name="trail">All entries of a document, oldest first.</param>
    public static ValueList<FieldReview> Standing(IEnumerable<FieldReview> trail) => trail
        .GroupBy(static entry => entry.Field)
        .Select(static entries => entries.Last())
        .Where(static latest => latest.Action is not ReviewAction.Withdrawn)
        .ToValueList();
}
