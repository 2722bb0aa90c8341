using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>The rows of a table after its balances were checked.</summary>
/// <param name="Rows">The rows, with slips of recognition put right where only one correction is possible.</param>
/// <param name="Unexplained">Lines that no row explains, and places where the balance does not run on.</param>
/// <param name="Missing">How many of these are rows that no line shows.</param>
internal sealed record CheckedRows(IReadOnlyList<TableRow> Rows, IReadOnlyList<UnexplainedRow> Unexplained, int Missing);

/// <summary>Follows the running balance from row to row, so that a row that is missing or misread is never lost silently.</summary>
internal sealed class BalanceCheck
{
    /// <summary>The payment that brings a balance to zero is rounded by up to so many cents.</summary>
    private const long LastPayment = 100;

    private readonly BalanceRule _rule;
    private readonly BalanceRepair _repair;
    private readonly List<TableEntry> _entries;
    private readonly List<UnexplainedRow>[] _reports;
    private readonly HashSet<int> _filled = [];
    private readonly List<int> _span = [];
    private readonly List<int> _holes = [];
    private (int At, long Balance, bool Proved)? _anchor;
    private bool _lost;
    private int _missing;

    private BalanceCheck(BalanceRule rule, List<TableEntry> entries)
    {
        (_rule, _entries, _repair) = (rule, entries, new BalanceRepair(rule));
        _reports = entries.Select(_ => new List<UnexplainedRow>()).ToArray();
    }

    /// <summary>Checks what was read of a table.</summary>
    public static CheckedRows Of(TableDefinition table, IReadOnlyList<TableEntry> entries)
    {
        if (BalanceRule.Learn(table, entries) is not { } rule)
        {
            // Where no balance tells whether a hole lost a row, an empty hole may be an empty line; one with ink is not.
            var hasBalance = table.Columns.Any(column => column.Type is FieldType.Money && column.Name.Contains("balance", StringComparison.OrdinalIgnoreCase)
                && entries.Any(entry => entry.Row is { } row && BalanceRule.Cents(row, column.Name) is not null));
            var shown = entries.Where(entry => entry.Kind is not EntryKind.Hole || hasBalance || entry.Text.Length > 0).ToList();
            return Collect(shown, _ => [], 0);
        }

        var check = new BalanceCheck(rule, rule.IsBackward ? entries.Reverse().ToList() : [.. entries]);
        check.Follow();
        var places = Enumerable.Range(0, entries.Count).Where(at => !check._filled.Contains(at));
        var ordered = (rule.IsBackward ? places.Reverse() : places).ToList();
        return Collect(ordered.Select(at => check._entries[at]).ToList(), index => check._reports[ordered[index]], check._missing);
    }

    private static CheckedRows Collect(List<TableEntry> entries, Func<int, IReadOnlyList<UnexplainedRow>> reports, int missing)
    {
        var unexplained = entries.SelectMany((entry, index) => entry.Kind is EntryKind.Unread or EntryKind.Hole
            ? Enumerable.Repeat(entry.ToUnexplained(), entry.Kind is EntryKind.Hole ? entry.Rows : 1).Concat(reports(index))
            : reports(index));
        return new CheckedRows(
            entries.Select(entry => entry.Row).OfType<TableRow>().ToList(), unexplained.ToList(),
            missing + entries.Where(entry => entry.Kind is EntryKind.Hole).Sum(entry => entry.Rows));
    }

    private void Follow()
    {
        for (var at = 0; at < _entries.Count; at++)
        {
            if (at > 0 && _entries[_rule.IsBackward ? at - 1 : at].Restarts)
            {
                Begin(null);
            }

            var entry = _entries[at];
            switch (entry.Kind)
            {
                case EntryKind.Unread:
                    _lost = true;
                    break;
                case EntryKind.Hole:
                    _holes.Add(at);
                    break;
                case EntryKind.Opening when !_rule.IsBackward:
                    Begin((at, entry.Amounts[0], false));
                    break;
                case EntryKind.Closing when !_rule.IsBackward:
                    Settle(at, entry.Amounts[0]);
                    break;
                case EntryKind.Row:
                    _span.Add(at);
                    if (BalanceRule.Cents(entry.Row!, _rule.Balance) is { } balance)
                    {
                        Settle(at, balance);
                    }

                    break;
            }
        }
    }

    private void Begin((int At, long Balance, bool Proved)? anchor)
    {
        _anchor = anchor;
        _lost = false;
        _span.Clear();
        _holes.Clear();
    }

    /// <summary>Compares a printed balance with what the rows since the last one make of that.</summary>
    private void Settle(int at, long balance)
    {
        if (_anchor is not { } anchor)
        {
            Begin((at, balance, false));
            return;
        }

        var unknown = _span.Where(place => _rule.Move(_entries[place].Row!) is null).ToList();
        var residual = balance - anchor.Balance - _span.Sum(place => _rule.Move(_entries[place].Row!) ?? 0);
        var whole = BalanceRule.Agree(residual, 0) || (balance is 0 && Math.Abs(residual) <= LastPayment);
        if (!whole && !_lost)
        {
            var misread = unknown.Count is 0 && LaterBalanceFits(at, anchor.Balance + _span.Sum(place => _rule.Move(_entries[place].Row!)!.Value));
            (whole, balance) = misread ? (true, balance - residual) : (Explain(at, residual, unknown, anchor), balance);
            if (misread && !BalanceRepair.TryRepair(_entries, at, _rule.Balance, balance))
            {
                Report(at, _entries[at].ToUnexplained());
            }
        }

        if (whole)
        {
            _filled.UnionWith(_holes);
            CompleteBalances(anchor.Balance, at);
        }

        Begin((at, balance, whole));
    }

    /// <summary>True when leaving this balance out makes the chain whole: then it is this balance that was misread.</summary>
    private bool LaterBalanceFits(int at, long expected)
    {
        var next = at + 1;
        return _entries[at].Kind is EntryKind.Row && next < _entries.Count && !_entries[_rule.IsBackward ? at : next].Restarts && _entries[next].Row is { } row
            && BalanceRule.Cents(row, _rule.Balance) is { } later && _rule.Move(row) is { } move && BalanceRule.Agree(later, expected + move);
    }

    /// <summary>Repairs what stands between two balances, or reports it.</summary>
    /// <returns>True when the chain is whole now.</returns>
    private bool Explain(int at, long residual, List<int> unknown, (int At, long Balance, bool Proved) anchor)
    {
        if (unknown.Count is 0 && _span.Exists(place => _entries[place].UnnamedAmounts().Any(amount => Math.Abs(amount) == Math.Abs(residual))))
        {
            return true;
        }

        var isClosed = _holes.Count is 0 && _span.TrueForAll(FollowsClosely);
        var isEnd = !_entries.Skip(at + 1).Take(1).Any(entry => entry.Row is not null);
        if (unknown.Count is 1
            ? _repair.TryRepairUnread(_entries, unknown[0], residual)
            : unknown.Count is 0 && isClosed && _repair.TryRepairOne(_entries, _span, residual, (isEnd ? at : null, anchor.Proved ? null : anchor.At)))
        {
            return true;
        }

        foreach (var place in unknown)
        {
            Report(place, _entries[place].ToUnexplained());
        }

        if (unknown.Count is 0 && _holes.Count is 0)
        {
            Report(at, isClosed && _span.Count > 0 ? _entries[at].ToUnexplained() : Between(at));
            _missing += isClosed && _span.Count > 0 ? 0 : 1;
        }

        return false;
    }

    private bool FollowsClosely(int at) => _entries[_rule.IsBackward ? Math.Max(0, at - 1) : at].FollowsClosely;

    /// <summary>The place between an entry and the one before it.</summary>
    private UnexplainedRow Between(int at)
    {
        var (before, after) = _rule.IsBackward ? (_entries[at], _entries[at - 1]) : (_entries[at - 1], _entries[at]);
        var gap = Box.FromEdges(Math.Min(before.Box.X, after.Box.X), before.Box.Bottom, Math.Max(before.Box.Right, after.Box.Right), after.Box.Y);
        var box = before.Page != after.Page ? after.Box : gap.Height > 0 ? gap : before.Box.Union(after.Box);
        return new UnexplainedRow(after.Page, $"{before.Text} … {after.Text}", box);
    }

    /// <summary>Reads the balances between two that fit, which recognition spoilt so that they are no amounts.</summary>
    private void CompleteBalances(long balance, int end)
    {
        foreach (var place in _span.Where(place => place != end))
        {
            balance += _rule.Move(_entries[place].Row!) ?? 0;
            var isSpoilt = _entries[place].Row!.Cells.Any(cell => cell.Column == _rule.Balance);
            if (isSpoilt && !BalanceRepair.TryRepair(_entries, place, _rule.Balance, balance))
            {
                Report(place, _entries[place].ToUnexplained());
            }
        }
    }

    private void Report(int at, UnexplainedRow row) => _reports[at].Add(row);
}
