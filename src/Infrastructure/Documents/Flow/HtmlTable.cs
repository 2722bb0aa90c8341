using Idp.Domain.Documents.Flow;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>A table that is being read cell by cell. What spans several places stands in the first and leaves the others empty.</summary>
internal sealed class HtmlTable
{
    private readonly List<List<string>> _rows = [];
    private readonly Dictionary<int, int> _taken = [];
    private int _headerRows;
    private bool _isHeader;
    private bool _isHead;

    /// <summary>True between the beginning of a row and the end of the table: text belongs to a cell.</summary>
    public bool InCell { get; private set; }

    /// <summary>A row begins.</summary>
    /// <param name="isHead">True in the part of the table that says it is its head.</param>
    public void BeginRow(bool isHead)
    {
        CountHeader();
        _rows.Add([]);
        (_isHead, _isHeader, InCell) = (isHead, true, true);
        SkipTaken();
    }

    /// <summary>A cell of the row.</summary>
    public void AddCell(string text, bool isHeader, int columns, int rows)
    {
        if (_rows.Count == 0)
        {
            BeginRow(false);
        }

        var row = _rows[^1];
        if (rows > 1)
        {
            foreach (var column in Enumerable.Range(row.Count, columns))
            {
                _taken[column] = rows - 1;
            }
        }

        row.Add(text);
        row.AddRange(Enumerable.Repeat(string.Empty, columns - 1));
        _isHeader &= isHeader;
        SkipTaken();
    }

    /// <summary>The table; paragraphs where it has one column only.</summary>
    public IEnumerable<FlowBlock> ToBlocks()
    {
        CountHeader();
        var rows = _rows.Where(static row => row.Exists(static cell => cell.Length > 0)).ToList();
        return rows.Count == 0 ? []
            : rows.TrueForAll(static row => row.Count(static cell => cell.Length > 0) <= 1 && (row.Count == 0 || row.Skip(1).All(static cell => cell.Length == 0)))
                ? rows.Select(static row => new FlowParagraph(string.Join('\n', row.Where(static cell => cell.Length > 0))))
                : [new FlowTable(rows.Select(static row => row.ToValueList()).ToValueList(), Math.Min(_headerRows, rows.Count - 1))];
    }

    private void CountHeader()
    {
        // Only the first rows can be the table's head.
        if (_rows.Count > 0 && _rows[^1].Count > 0 && (_isHead || _isHeader) && _headerRows == _rows.Count - 1)
        {
            _headerRows++;
        }
    }

    private void SkipTaken()
    {
        var row = _rows[^1];
        while (_taken.TryGetValue(row.Count, out var left) && left > 0)
        {
            _taken[row.Count] = left - 1;
            row.Add(string.Empty);
        }
    }
}
