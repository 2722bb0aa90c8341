using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Collects the rows of one table, page by page.</summary>
internal sealed class TableReader(TableDefinition table, StatementCalendar calendar)
{
    /// <summary>A line this many line heights under a row still belongs to it.</summary>
    private const double WrapDistance = 2.2;

    private const double ColumnSlack = 0.015;

    private readonly List<TableRow> _rows = [];
    private readonly List<UnexplainedRow> _unexplained = [];
    private readonly List<string> _columns = [];
    private List<PrintedColumn> _printed = [];
    private int _seen;

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

        var found = Enumerable.Range(start, end - start).Where(at => candidates[at] > 0).ToList();
        var pitch = page.Recognised && hasHeader ? RowPitch.Of(found.Select(at => page.Lines[at].Middle).ToList()) : null;
        for (var index = 0; index < found.Count; index++)
        {
            var next = index + 1 < found.Count ? found[index + 1] : end;
            ReadRow(page, found[index], candidates[found[index]]);
            ReadBetween(page, found[index], next, pitch, next < end);
        }
    }

    private void ReadRow(TablePage page, int at, int expected)
    {
        var line = page.Lines[at];
        var rows = _printed.Count > 0 ? RowsOf(page, line) : [];
        _seen += expected;
        _rows.AddRange(rows);
        if (rows.Count < expected)
        {
            _unexplained.Add(new UnexplainedRow(page.Number, line.Line.Whole.Text, page.BoxOf(line.Line.Whole.Words)));
        }
    }

    /// <summary>The lines between two rows: text that goes on from the row above, or what is left of rows that recognition lost.</summary>
    private void ReadBetween(TablePage page, int row, int next, double? pitch, bool isInside)
    {
        var missing = pitch is { } known && isInside ? RowPitch.Missing(page.Lines[row].Middle, page.Lines[next].Middle, known) : 0;
        if (missing > 0)
        {
            var words = page.Lines.Skip(row + 1).Take(next - row - 1).SelectMany(line => line.Line.Whole.Words).ToList();
            var band = page.BoxOf([.. words, .. page.Lines[row].Line.Whole.Words, .. page.Lines[next].Line.Whole.Words]);
            for (var lost = 0; lost < missing; lost++)
            {
                _unexplained.Add(new UnexplainedRow(page.Number, string.Join(' ', words.Select(word => word.Text)), band));
            }

            _seen += missing;
            return;
        }

        for (var at = row + 1; at < next && _rows.Count > 0 && Wraps(page.Lines[at], page.Lines[at - 1], page.Lines[row]); at++)
        {
            _rows[^1] = Wrapped(page, _rows[^1], page.Lines[at]);
        }
    }

    /// <summary>The table, or null when nothing of it was seen.</summary>
    public ExtractedTable? ToTable() => _seen is 0 && _rows.Count is 0
        ? null
        : new ExtractedTable(table.Name, _columns.ToValueList(), _rows.ToValueList(), _seen, _unexplained.ToValueList());

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
