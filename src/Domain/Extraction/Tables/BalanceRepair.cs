using System.Globalization;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Puts right an amount of which recognition got one digit wrong, when the balances say what it must be.</summary>
internal sealed class BalanceRepair(BalanceRule rule)
{
    /// <summary>An amount has at least its cents and one digit more.</summary>
    private const int FewestDigits = 3;

    /// <summary>Writes the amount that a cell must hold, if what was recognised is at most one digit away from it.</summary>
    /// <returns>False when the cell prints something else; it is left alone then.</returns>
    public static bool TryRepair(List<TableEntry> entries, int at, string column, long cents)
    {
        var entry = entries[at];
        if (!entry.Recognised || entry.Row?.Cells.FirstOrDefault(cell => cell.Column == column) is not { } found || !IsSlip(found.Printed, cents))
        {
            return false;
        }

        var cells = entry.Row.Cells.Select(cell => cell == found ? cell with { Value = Format(cents) } : cell).ToValueList();
        entries[at] = entry with { Row = entry.Row with { Cells = cells } };
        return true;
    }

    /// <summary>Repairs the one amount of a row that could not be read at all.</summary>
    public bool TryRepairUnread(List<TableEntry> entries, int at, long residual)
    {
        var row = entries[at].Row!;
        var unread = rule.Signs.Where(sign => row.Cells.Any(cell => cell.Column == sign.Column) && BalanceRule.Cents(row, sign.Column) is null).ToList();
        var others = rule.Signs.Sum(sign => sign.Sign * (BalanceRule.Cents(row, sign.Column) ?? 0));
        return unread.Count is 1 && TryRepair(entries, at, unread[0].Column, unread[0].Sign * (residual - others));
    }

    /// <summary>Repairs the only amount that one wrong digit explains; when several could be wrong, none is touched.</summary>
    /// <param name="entries">The entries of the table.</param>
    /// <param name="span">The rows whose amounts may be wrong.</param>
    /// <param name="residual">What is missing to the later balance, in cents.</param>
    /// <param name="doubtful">The places of the later and of the earlier balance, each when nothing else proves it.</param>
    public bool TryRepairOne(List<TableEntry> entries, List<int> span, long residual, (int? Later, int? Earlier) doubtful)
    {
        var candidates = new List<(int At, string Column, long Cents)>();
        foreach (var at in span.Where(at => entries[at].Recognised))
        {
            var row = entries[at].Row!;
            candidates.AddRange(rule.Signs.Select(sign => (sign, Cents: BalanceRule.Cents(row, sign.Column))).Where(each => each.Cents > 0)
                .Select(each => (at, each.sign.Column, each.Cents!.Value + (each.sign.Sign * residual))));
        }

        foreach (var (at, change) in ((int? At, long Change)[])[(doubtful.Later, -residual), (doubtful.Earlier, residual)])
        {
            if (at is { } place && entries[place].Row is { } row && BalanceRule.Cents(row, rule.Balance) is { } balance)
            {
                candidates.Add((place, rule.Balance, balance + change));
            }
        }

        var slips = candidates.Where(each => entries[each.At].Recognised && IsSlip(Printed(entries[each.At].Row!, each.Column), each.Cents)).ToList();
        return slips.Count is 1 && TryRepair(entries, slips[0].At, slips[0].Column, slips[0].Cents);
    }

    private static string Printed(TableRow row, string column) => row.Cells.First(cell => cell.Column == column).Printed;

    private static bool IsSlip(string printed, long cents)
    {
        var digits = string.Concat(OcrConfusion.Fold(printed).Where(char.IsAsciiDigit));
        var wanted = Math.Abs(cents).ToString("000", CultureInfo.InvariantCulture);
        return cents is not 0 && digits.Length >= FewestDigits && Math.Abs(digits.Length - wanted.Length) <= 1 && OcrConfusion.Distance(digits, wanted) <= 1;
    }

    private static string Format(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
