using System.Globalization;

namespace Idp.Domain.Extraction;

/// <summary>How the balance of a table runs: which columns of amounts add to it and which take from it, learned from the rows themselves.</summary>
/// <param name="Balance">The column of the balance.</param>
/// <param name="Signs">For each column of amounts that moves the balance, +1 or −1.</param>
/// <param name="IsBackward">True when the latest row comes first.</param>
internal sealed record BalanceRule(string Balance, IReadOnlyList<(string Column, int Sign)> Signs, bool IsBackward)
{
    /// <summary>So many steps prove a rule; fewer may agree by chance.</summary>
    private const int FewestSteps = 3;

    /// <summary>… and this share of the steps must agree with it.</summary>
    private const double Share = 0.34;

    /// <summary>Steps looked at; a rule that holds so often holds.</summary>
    private const int MostSteps = 150;

    private const int MostColumns = 5;

    /// <summary>Larger amounts are misreadings.</summary>
    private const decimal LargestAmount = 1e12m;

    /// <summary>True when two amounts differ by a cent at most, as sums of rounded amounts may.</summary>
    public static bool Agree(long cents, long other) => Math.Abs(cents - other) <= 1;

    /// <summary>The rule by which the balances of the rows run; null when the table has no running balance.</summary>
    public static BalanceRule? Learn(TableDefinition table, IReadOnlyList<TableEntry> entries)
    {
        var money = table.Columns.Where(column => column.Type is FieldType.Money).Select(column => column.Name).ToList();
        var balance = money.FindLast(name => name.Contains("balance", StringComparison.OrdinalIgnoreCase));
        if (balance is null)
        {
            return null;
        }

        var used = money.Where(name => name != balance).Where(name => entries.Any(entry => entry.Row is { } row && Cents(row, name) is not null)).Take(MostColumns).ToList();
        var pairs = entries.Zip(entries.Skip(1)).Where(pair => pair.First.Row is not null && pair.Second.Row is not null && !pair.Second.Restarts)
            .Select(pair => (Before: pair.First.Row!, After: pair.Second.Row!, From: Cents(pair.First.Row!, balance), To: Cents(pair.Second.Row!, balance)))
            .Where(pair => pair.From is not null && pair.To is not null && used.Exists(name => Cents(pair.After, name) is not null)).Take(MostSteps)
            .Select(pair => (Step: pair.To!.Value - pair.From!.Value, Before: AmountsOf(pair.Before, used), After: AmountsOf(pair.After, used))).ToList();
        var best = SignsFor(used.Count)
            .SelectMany(signs => ((bool[])[false, true]).Select(backward => (Signs: signs, IsBackward: backward, Agreeing: Agreeing(signs, backward))))
            .OrderByDescending(rule => rule.Agreeing).ThenByDescending(rule => used.Zip(rule.Signs).Count(each => each.Second == UsualSign(each.First))).ThenBy(rule => rule.IsBackward)
            .FirstOrDefault();
        return best.Agreeing >= FewestSteps && best.Agreeing >= Share * pairs.Count
            ? new BalanceRule(balance, used.Zip(best.Signs).Where(each => each.Second is not 0).ToList(), best.IsBackward)
            : null;

        int Agreeing(int[] signs, bool backward) =>
            backward ? pairs.Count(pair => Agree(-pair.Step, Sum(pair.Before, signs))) : pairs.Count(pair => Agree(pair.Step, Sum(pair.After, signs)));
    }

    /// <summary>What the name of a column lets expect; it decides between rules that fit equally well.</summary>
    private static int UsualSign(string column) =>
        column.Contains("credit", StringComparison.OrdinalIgnoreCase) || column.Contains("deposit", StringComparison.OrdinalIgnoreCase) ? 1
        : column.Contains("debit", StringComparison.OrdinalIgnoreCase) || column.Contains("withdraw", StringComparison.OrdinalIgnoreCase) ? -1
        : 0;

    /// <summary>The amount of a cell in cents; null when the cell is missing or no amount.</summary>
    public static long? Cents(TableRow row, string column) =>
        row.Cells.FirstOrDefault(cell => cell.Column == column) is { } cell ? Cents(cell.Value) : null;

    /// <summary>An amount in cents; null when the text is none.</summary>
    public static long? Cents(string value) =>
        decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) < LargestAmount
            ? (long)Math.Round(amount * 100)
            : null;

    /// <summary>By how much a row moves the balance, in cents; null when it prints no amount that does, or one that could not be read.</summary>
    public long? Move(TableRow row)
    {
        var printed = Signs.Where(sign => row.Cells.Any(cell => cell.Column == sign.Column)).ToList();
        return printed.Count is 0 || printed.Exists(sign => Cents(row, sign.Column) is null) ? null : printed.Sum(sign => sign.Sign * Cents(row, sign.Column)!.Value);
    }

    private static long[] AmountsOf(TableRow row, List<string> columns) => columns.Select(column => Cents(row, column) ?? 0).ToArray();

    private static long Sum(long[] amounts, int[] signs)
    {
        var sum = 0L;
        for (var i = 0; i < signs.Length; i++)
        {
            sum += amounts[i] * signs[i];
        }

        return sum;
    }

    /// <summary>Every choice of signs but none at all, those with the fewest columns first.</summary>
    private static IEnumerable<int[]> SignsFor(int columns)
    {
        IEnumerable<int[]> all = [[]];
        for (var column = 0; column < columns; column++)
        {
            all = all.SelectMany(signs => ((int[])[0, 1, -1]).Select(sign => (int[])[.. signs, sign])).ToList();
        }

        return all.Where(signs => signs.Any(sign => sign is not 0)).OrderBy(signs => signs.Count(sign => sign is not 0));
    }
}
