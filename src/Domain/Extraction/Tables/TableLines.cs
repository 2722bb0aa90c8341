using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>The printed lines of an account's pages, and which rows of a table stand on them.</summary>
internal sealed class TableLines
{
    /// <summary>A word belongs to a row when so much of its width does.</summary>
    private const double WithinRow = 0.5;

    private readonly Dictionary<int, TablePage> _read = [];
    private readonly Dictionary<int, IReadOnlyList<Box>> _boxes = [];
    private readonly IReadOnlyList<Page> _pages;
    private readonly Dictionary<(int Page, int Line), List<TableRow>> _rows = [];
    private readonly Lazy<StatementCalendar> _calendar;

    /// <summary>Takes the pages.</summary>
    public TableLines(IReadOnlyList<Page> pages)
    {
        _pages = [.. pages.OrderBy(page => page.Number)];
        _calendar = new Lazy<StatementCalendar>(() => new StatementCalendar(_pages.Select(page => On(page.Number)!.Tokens)));
    }

    /// <summary>The numbers of the pages, ascending.</summary>
    public IEnumerable<int> Pages => _pages.Select(page => page.Number);

    /// <summary>Knows the year of short dates.</summary>
    public StatementCalendar Calendar => _calendar.Value;

    /// <summary>A page cut into lines; null for a page that is not among the pages.</summary>
    public TablePage? On(int number)
    {
        if (!_read.TryGetValue(number, out var page) && _pages.FirstOrDefault(each => each.Number == number) is { } given)
        {
            _read[number] = page = TablePage.Of(given);
        }

        return page;
    }

    /// <summary>Where a line stands on the page as it was given.</summary>
    public Box BoxOf(int page, int line) => BoxesOn(page)[line];

    /// <summary>Notes the line of a row, whose words then explain no other row.</summary>
    public void Take(TableRow row)
    {
        foreach (var box in On(row.Page) is null ? [] : row.Boxes)
        {
            if (LineOf(row.Page, box) is { } line)
            {
                Taken(row.Page, line).Add(row);
            }
        }
    }

    /// <summary>The rows that stand on a line.</summary>
    public IReadOnlyList<TableRow> RowsOn(int page, int line) => _rows.GetValueOrDefault((page, line)) ?? [];

    /// <summary>The pieces of a line that no row covers.</summary>
    public IReadOnlyList<LineItem> FreeItems(int page, int line)
    {
        var read = On(page)!;
        var covered = RowsOn(page, line).SelectMany(row => row.Boxes).ToList();
        return covered.Count is 0
            ? read.Lines[line].Items
            : [.. read.Lines[line].Items.Where(item => !covered.Exists(box => read.BoxOf(item.Words) is var own && own.HorizontalOverlap(box) >= WithinRow && own.VerticalOverlap(box) >= WithinRow))];
    }

    /// <summary>The lines that a box covers; for a box between two lines none.</summary>
    public IReadOnlyList<int> LinesIn(int page, Box box)
    {
        if (On(page) is not { } read)
        {
            return [];
        }

        var boxes = Enumerable.Range(0, read.Lines.Count).Select(line => (Line: line, Box: BoxOf(page, line))).ToList();
        var exact = boxes.Where(each => each.Box.OverlapRatio(box) > 0.95).Select(each => each.Line).ToList();
        return exact.Count > 0
            ? exact
            : [.. boxes.Where(each => each.Box.CenterY > box.Y && each.Box.CenterY < box.Bottom && each.Box.HorizontalOverlap(box) > 0).Select(each => each.Line)];
    }

    private IReadOnlyList<Box> BoxesOn(int number) => _boxes.TryGetValue(number, out var known)
        ? known
        : _boxes[number] = On(number) is { } page ? [.. page.Lines.Select(line => page.BoxOf(line.Line.Whole.Words))] : [];

    /// <summary>The line whose words a row's box covers best.</summary>
    private int? LineOf(int page, Box box)
    {
        var best = Enumerable.Range(0, On(page)!.Lines.Count)
            .Select(line => (Line: line, Shared: BoxOf(page, line).Intersection(box).Area, Off: Math.Abs(BoxOf(page, line).CenterY - box.CenterY)))
            .Where(each => each.Shared > 0)
            .OrderByDescending(each => Math.Round(each.Shared / Math.Max(box.Area, 1e-9), 2)).ThenBy(each => each.Off).FirstOrDefault((-1, 0, 0));
        return best.Item1 >= 0 ? best.Item1 : null;
    }

    private List<TableRow> Taken(int page, int line) => _rows.TryGetValue((page, line), out var rows) ? rows : _rows[(page, line)] = [];
}
