using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>What came next on the pages of a table, in printed order.</summary>
internal enum EntryKind
{
    /// <summary>A row that was read.</summary>
    Row,

    /// <summary>A line that looks like a row and was not read as one.</summary>
    Unread,

    /// <summary>A hole between evenly spaced rows in which nothing was recognised: rows may be lost there, or nothing was printed.</summary>
    Hole,

    /// <summary>A printed balance with which the rows after it begin.</summary>
    Opening,

    /// <summary>A printed balance with which the rows before it end.</summary>
    Closing,
}

/// <summary>One line of a table, read or not.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Page">The page it stands on.</param>
/// <param name="Text">The line as printed.</param>
/// <param name="Box">Where it stands on the page as it was given.</param>
internal sealed record TableEntry(EntryKind Kind, int Page, string Text, Box Box)
{
    /// <summary>The row, when one was read.</summary>
    public TableRow? Row { get; init; }

    /// <summary>Every amount of the line in cents, also those in columns that the schema does not know; the balance itself for an opening or closing balance.</summary>
    public IReadOnlyList<long> Amounts { get; init; } = [];

    /// <summary>True when the words come from recognition.</summary>
    public bool Recognised { get; init; }

    /// <summary>True when this begins another statement: its balance need not follow from the one before.</summary>
    public bool Restarts { get; init; }

    /// <summary>True when it follows the entry before at the even distance of the rows, so that nothing can have stood between them.</summary>
    public bool FollowsClosely { get; init; }

    /// <summary>How many rows are missing, of a hole or of a line that holds several.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>The amounts of the line that stand in no column of the row.</summary>
    public IEnumerable<long> UnnamedAmounts()
    {
        var named = Row is null ? [] : Row.Cells.Select(cell => BalanceRule.Cents(cell.Value)).OfType<long>().Select(Math.Abs).ToList();
        return Amounts.Where(amount => !named.Remove(Math.Abs(amount)));
    }

    /// <summary>The entry as what is reported when no row explains it.</summary>
    public UnexplainedRow ToUnexplained() => new(Page, Text, Box);
}
