using System.Globalization;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Collects the rows of one table, page by page.</summary>
internal sealed class TableReader(TableDefinition table, StatementCalendar calendar)
{
    /// <summary>A line this many line heights under a row still belongs to it.</summary>
    private const double WrapDistance = 2.2;

    private const double ColumnSlack = 0.015;

    /// <summary>Two rows closer than this many row distances have none between them.</summary>
    private const double NextRow = 1.5;

    /// <summary>A closing balance stands within this many lines after the last row.</summary>
    private const int ClosingLines = 4;

    private readonly List<TableEntry> _entries = [];
    private readonly List<string> _columns = [];
    private List<PrintedColumn> _printed = [];
    private int _seen;
    private double? _pitch;
    private double? _lastMiddle;
    private bool _restarts;
    private (int Page, (DateOnly Start, DateOnly End)? Period) _last;

    /// <summary>The table that is read.</summary>
    public TableDefinition Table => table;

    /// <summary>True when rows begin with a date.</summary>
    public bool IsDated => table.Columns.Any(column => column.Type is FieldType.Date);

    /// <summary>Goes on with the columns of a header.</summary>
    public void Begin(TableHeader header)
    {
        _printed = [.. header.Columns];
        foreach (var name in _printed.Select(column => column.Definition?.Name).OfType<string>().Where(name => !_columns.Contains(name)))
        {
            _columns.Add(name);
        }
    }

    /// <summary>Takes the columns from the lines themselves: a date, text, an amount, and a balance when there are two columns of amounts.</summary>
    public void BeginWithoutHeader(TablePage page, int start, int end)
    {
        var lines = page.Lines.Skip(start).Take(end - start).Where(line => line.Items.Count > 1 && line.Items.Any(item => item.Kind is LineItemKind.Amount)).ToList();
        var money = table.Columns.Where(column => column.Type is FieldType.Money).ToList();
        var widest = lines.OrderByDescending(line => line.Items.Count(item => item.Kind is LineItemKind.Amount)).FirstOrDefault();
        var columns = new List<PrintedColumn>();
        Add(FieldType.Date, LineItemKind.Date);
        Add(FieldType.Text, LineItemKind.Text);
        var amounts = widest?.Items.Where(item => item.Kind is LineItemKind.Amount).ToList() ?? [];
        for (var i = 0; i < amounts.Count && money.Count > 0; i++)
        {
            // The first amount is the row's own and the last its balance; what stands between cannot be named without a header.
            var definition = i is 0 ? money[0] : i == amounts.Count - 1 ? money[^1] : null;
            columns.Add(new PrintedColumn(definition, amounts[i].Box, 0));
        }

        Begin(new TableHeader(table, columns.OrderBy(column => column.Box.X).ToList()));

        void Add(FieldType type, LineItemKind kind)
        {
            if (table.Columns.FirstOrDefault(column => column.Type == type) is { } column
                && lines.SelectMany(line => line.Items).FirstOrDefault(item => item.Kind == kind) is { } item)
            {
                columns.Add(new PrintedColumn(column, item.Box, 0));
            }
        }
    }

    /// <summary>Forgets the columns: what follows belongs to something else.</summary>
    public void Forget() => _printed = [];

    /// <summary>Reads the rows among some lines of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="start">The first line.</param>
    /// <param name="end">The line after the last.</param>
    /// <param name="hasHeader">True when the table's header stands above these lines on this page.</param>
    public void Read(TablePage page, int start, int end, bool hasHeader)
    {
        // Daily balances side by side repeat what the rows already say.
        var groups = _printed.Select(column => column.Group).DefaultIfEmpty().Max();
        if (groups > 0 && _printed.All(column => column.Definition is null or { Type: FieldType.Date } or { Name: "balance" }))
        {
            return;
        }

        var candidates = page.CandidatesFor(IsDated);
        for (var at = start; at < end && page.Recognised && hasHeader; at++)
        {
            candidates[at] = Math.Max(candidates[at], RowCandidates.SpansTable(page.Lines[at].Items) ? 1 : 0);
        }

        for (var at = start; at < end && page.Recognised; at++)
        {
            candidates[at] = Math.Max(candidates[at], RowCandidates.Collapsed(page.Lines[at].Items));
        }

        var found = Enumerable.Range(start, end - start).Where(at => candidates[at] > 0).ToList();
        if (found.Count is 0)
        {
            return;
        }

        var pitch = RowPitch.Of(found.Select(at => page.Lines[at].Middle).ToList());
        _pitch = pitch ?? _pitch;
        (_restarts, _lastMiddle) = (Restarts(page, hasHeader), null);
        if (hasHeader)
        {
            AddBalances(page, start, found[0], EntryKind.Opening);
        }

        for (var index = 0; index < found.Count; index++)
        {
            var next = index + 1 < found.Count ? found[index + 1] : end;
            ReadRow(page, found[index], candidates[found[index]]);
            ReadBetween(page, found[index], next, page.Recognised && hasHeader && next < end ? pitch ?? _pitch : null, candidates[found[index]] - 1);
        }

        AddBalances(page, found[^1] + 1, Math.Min(end, found[^1] + 1 + ClosingLines), EntryKind.Closing);
    }

    /// <summary>True when what follows is another statement: pages are missing between, its pages count from one, or it prints another period.</summary>
    private bool Restarts(TablePage page, bool hasHeader)
    {
        var (before, period) = (_last, calendar.PeriodPrintedOn(page.Number));
        _last = (page.Number, period ?? before.Period);
        return page.Number > before.Page + 1 || (hasHeader && (page.Number == before.Page || PageCues.Of(page.Tokens).Counter is 1 || (period is not null && period != before.Period)));
    }

    private void AddBalances(TablePage page, int start, int end, EntryKind kind)
    {
        foreach (var line in page.Lines.Skip(start).Take(Math.Max(0, end - start)))
        {
            if (RowCandidates.BalanceOf(line.Items, kind) is { } balance)
            {
                Add(page, line, kind, null, [balance]);
            }
        }
    }

    private void Add(TablePage page, TableLine line, EntryKind kind, TableRow? row, IReadOnlyList<long> amounts)
    {
        var isClose = _lastMiddle is { } above && _pitch is { } pitch && line.Middle - above < NextRow * pitch;
        _entries.Add(new TableEntry(kind, page.Number, line.Line.Whole.Text, page.BoxOf(line.Line.Whole.Words))
        {
            Row = row,
            Amounts = amounts,
            Recognised = page.Recognised,
            Restarts = _restarts,
            FollowsClosely = isClose,
        });
        (_restarts, _lastMiddle) = (false, line.Middle);
    }

    private void ReadRow(TablePage page, int at, int expected)
    {
        var line = page.Lines[at];
        var rows = _printed.Count > 0 ? RowsOf(page, line) : [];
        var amounts = line.Items.Where(item => item.Kind is LineItemKind.Amount)
            .Select(item => MoneyNormalizer.TryRead(LineItem.Clean(item.Text), out var amount) ? BalanceRule.Cents(amount.ToString(CultureInfo.InvariantCulture)) : null).OfType<long>().ToList();
        _seen += expected;
        foreach (var row in rows)
        {
            Add(page, line, EntryKind.Row, row, amounts);
        }

        if (rows.Count < expected)
        {
            Add(page, line, EntryKind.Unread, null, amounts);
        }
    }

    /// <summary>The lines between two rows: text that goes on from the row above, or what is left of rows that recognition lost.</summary>
    private void ReadBetween(TablePage page, int row, int next, double? pitch, int counted)
    {
        var missing = pitch is { } known ? RowPitch.Missing(page.Lines[row].Middle, page.Lines[next].Middle, known) - counted : 0;
        if (missing > 0)
        {
            var words = page.Lines.Skip(row + 1).Take(next - row - 1).SelectMany(line => line.Line.Whole.Words).ToList();
            var band = page.BoxOf([.. words, .. page.Lines[row].Line.Whole.Words, .. page.Lines[next].Line.Whole.Words]);
            _entries.Add(new TableEntry(EntryKind.Hole, page.Number, string.Join(' ', words.Select(word => word.Text)), band) { Rows = missing, Recognised = true });
            return;
        }

        for (var at = row + 1; at < next && _entries is [.., { Row: { } last }] && Wraps(page.Lines[at], page.Lines[at - 1], page.Lines[row]); at++)
        {
            _entries[^1] = _entries[^1] with { Row = Wrapped(page, last, page.Lines[at]) };
            _lastMiddle = page.Lines[at].Middle;
        }
    }

    /// <summary>The table, or null when nothing of it was seen.</summary>
    public ExtractedTable? ToTable()
    {
        var rows = BalanceCheck.Of(table, _entries);
        return _seen is 0 && rows.Rows.Count is 0
            ? null
            : new ExtractedTable(table.Name, _columns.ToValueList(), rows.Rows.ToValueList(), _seen + rows.Missing, rows.Unexplained.ToValueList());
    }

    private List<TableRow> RowsOf(TablePage page, TableLine line)
    {
        var fit = ColumnFit.Fit(line.Items, _printed);
        return line.Items.Select((item, index) => (Item: item, Column: _printed[fit[index]]))
            .GroupBy(each => each.Column.Group)
            .Select(group => RowOf(page, group.GroupBy(each => each.Column).Select(cell => (cell.Key, cell.SelectMany(each => each.Item.Words).ToList())).ToList()))
            .OfType<TableRow>()
            .ToList();
    }

    private TableRow? RowOf(TablePage page, List<(PrintedColumn Column, List<Word> Words)> cells)
    {
        var named = cells.Where(cell => cell.Column.Definition is not null && cell.Words.Exists(word => word.Text.Any(char.IsLetterOrDigit)))
            .Select(cell => Cell(cell.Column.Definition!, string.Join(' ', cell.Words.Select(word => word.Text)), page.Number))
            .ToValueList();
        var hasAmount = named.Any(cell => table.Columns.First(column => column.Name == cell.Column).Type is FieldType.Money
            && MoneyNormalizer.TryRead(cell.Value, out _));
        return named.Count >= 2 && hasAmount
            ? new TableRow(page.Number, named, [page.BoxOf(cells.SelectMany(cell => cell.Words))])
            : null;
    }

    private TableCell Cell(ColumnDefinition column, string printed, int page)
    {
        var clean = column.Type is FieldType.Text ? printed : LineItem.Clean(printed);
        var value = column.Type is FieldType.Date ? calendar.Normalize(clean, page) : ValueNormalizer.Normalize(column.Type, clean) ?? WithPoint(column.Type, clean);
        return new TableCell(column.Name, value ?? printed, printed);
    }

    /// <summary>Reads an amount whose decimal point recognition took for a space: <c>8,637 16</c>.</summary>
    private static string? WithPoint(FieldType type, string printed)
    {
        var cut = printed.LastIndexOf(' ');
        return type is FieldType.Money && cut > 0 && cut == printed.Length - 3
            ? ValueNormalizer.Normalize(type, printed[..cut].TrimEnd(',', '.') + "." + printed[(cut + 1)..])
            : null;
    }

    /// <summary>True for a line of text alone, close under a row and within its column of text.</summary>
    private bool Wraps(TableLine line, TableLine above, TableLine row)
    {
        var text = _printed.FirstOrDefault(column => column.Definition?.Type is FieldType.Text);
        if (text is null || line.Items.Count is not 1 || line.Items[0].Kind is not LineItemKind.Text)
        {
            return false;
        }

        var box = line.Line.Whole.Box;
        var next = _printed.Where(column => column.Box.X > text.Box.X).Select(column => column.Box.Right).DefaultIfEmpty(1).Min();
        var left = row.Items.Where(item => item.Kind is LineItemKind.Text).Select(item => item.Box.X).DefaultIfEmpty(text.Box.X).Min();
        return line.Middle - above.Middle < WrapDistance * box.Height && box.X >= left - ColumnSlack && box.X < left + 0.1 && box.Right <= next;
    }

    private TableRow Wrapped(TablePage page, TableRow row, TableLine line)
    {
        var name = _printed.First(column => column.Definition?.Type is FieldType.Text).Definition!.Name;
        var cells = row.Cells.Select(cell => cell.Column == name
            ? cell with { Value = cell.Value + " " + line.Line.Whole.Text, Printed = cell.Printed + " " + line.Line.Whole.Text }
            : cell);
        return row with { Cells = cells.ToValueList(), Boxes = [.. row.Boxes, page.BoxOf(line.Line.Whole.Words)] };
    }
}
