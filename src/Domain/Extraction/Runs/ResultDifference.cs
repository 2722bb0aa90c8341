using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>How a field of one result relates to the other result.</summary>
public enum FieldChange
{
    /// <summary>Only the later result has it.</summary>
    Added,

    /// <summary>Only the earlier result has it.</summary>
    Removed,

    /// <summary>Both have it, with different values.</summary>
    Changed,
}

/// <summary>One field that is not the same in both results.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="From">As the first result has it; null when added.</param>
/// <param name="To">As the second result has it; null when removed.</param>
public sealed record FieldDifference(FieldChange Change, ExtractedField? From, ExtractedField? To)
{
    /// <summary>The field as whichever result has it.</summary>
    public ExtractedField Any => (To ?? From)!;
}

/// <summary>How a table differs.</summary>
/// <param name="Name">The table.</param>
/// <param name="RowsFrom">Rows that the first result has.</param>
/// <param name="RowsTo">Rows that the second result has.</param>
/// <param name="RowsAdded">Rows that only the second has; a row whose cells changed counts as one removed and one added.</param>
/// <param name="RowsRemoved">Rows that only the first has.</param>
public sealed record TableDifference(string Name, int RowsFrom, int RowsTo, int RowsAdded, int RowsRemoved);

/// <summary>How an account differs.</summary>
/// <param name="AccountNumber">Its number; null when the document has no accounts.</param>
/// <param name="FromIndex">Its place in the first result; null when only the second has it.</param>
/// <param name="ToIndex">Its place in the second result; null when only the first has it.</param>
/// <param name="Fields">The fields that are not the same, by name.</param>
/// <param name="Unchanged">How many fields have the same value.</param>
/// <param name="Tables">Every table of either result, by name.</param>
public sealed record AccountDifference(
    string? AccountNumber, int? FromIndex, int? ToIndex, ValueList<FieldDifference> Fields, int Unchanged, ValueList<TableDifference> Tables);

/// <summary>How two results of one document differ.</summary>
/// <param name="Accounts">Accounts of the second result in its order, then those that only the first has.</param>
public sealed record ResultDifference(ValueList<AccountDifference> Accounts)
{
    /// <summary>True when both results say the same; confidence and places may differ.</summary>
    public bool IsNone => Accounts.All(static account =>
        account is { FromIndex: not null, ToIndex: not null, Fields.Count: 0 } && account.Tables.All(static table => table is { RowsAdded: 0, RowsRemoved: 0 }));

    /// <summary>How many fields changed in a way.</summary>
    public int CountOf(FieldChange change) => Accounts.Sum(account => account.Fields.Count(field => field.Change == change));
}
