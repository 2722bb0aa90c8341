using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Puts the printed lines of a statement together to line items: labels that break over lines, headings, values.</summary>
internal sealed class StatementBody
{
    /// <summary>Lines of one label stand closer than this many of their heights, from the foot of one to the head of the next.</summary>
    private const double NextLine = 1.1;

    /// <summary>A label reaches the end of its column when no more than this much of the page's width is left.</summary>
    private const double Brim = 0.015;

    /// <summary>Only a line that fills this share of the label column was broken for want of room.</summary>
    private const double FullLine = 0.7;

    private readonly List<CutRow> _pending = [];
    private readonly List<(double Indent, string Text)> _headings = [];
    private double _left;
    private double _brim;
    private int _seen;

    /// <summary>The line items so far, in printed order.</summary>
    public List<DraftLine> Lines { get; } = [];

    /// <summary>Printed lines that should hold values.</summary>
    public int Seen => _seen;

    /// <summary>Those of them of which something could not be read.</summary>
    public List<UnexplainedRow> Unexplained { get; } = [];

    /// <summary>Reads the lines of one page.</summary>
    /// <param name="rows">The lines below the heading.</param>
    /// <param name="columns">The columns of the page.</param>
    /// <param name="isPeriod">Which of them hold values of a period.</param>
    public void Read(IReadOnlyList<PrintedRow> rows, IReadOnlyList<StatementColumn> columns, IReadOnlyList<bool> isPeriod)
    {
        var cut = UpToEnd(rows.Where(row => !row.SaysNothing).Select(row => CutRow.Of(row, columns)).ToList());
        var labelled = cut.Where(row => row.Label.Count > 0 && row.Values.Count > 0).ToList();
        _left = labelled.Select(row => row.Box.X).DefaultIfEmpty(0).Min();
        _brim = labelled.Select(row => row.Box.Right).DefaultIfEmpty(columns[0].Left).Max();
        foreach (var row in cut)
        {
            Add(row with { Values = [.. row.Values.Where(value => isPeriod[value.Column])] });
        }

        _pending.Clear();
    }

    /// <summary>Takes note of lines with values on a page whose columns could not be found.</summary>
    public void Skip(IReadOnlyList<PrintedRow> rows)
    {
        var lost = rows.Where(row => row.IsLabelled).ToList();
        _seen += lost.Count;
        Unexplained.AddRange(lost.Select(row => new UnexplainedRow(row.Page.Number, row.Text, row.Page.BoxOf(row.Words))));
    }

    private void Add(CutRow row)
    {
        _seen += row.IsSeen ? 1 : 0;
        if (row.Unread.Count > 0)
        {
            Unexplained.Add(new UnexplainedRow(row.Row.Page.Number, row.Row.Text, row.Row.Page.BoxOf(row.Row.Words)));
        }

        if (row.Values.Count > 0)
        {
            AddLine(row);
        }
        else if (row.Label.Count > 0 && !IsEndOf(row))
        {
            _pending.Add(row);
        }
    }

    private void AddLine(CutRow row)
    {
        var parts = new List<CutRow> { row };
        while (_pending.Count > 0 && Joins(_pending[^1], parts[0]))
        {
            parts.Insert(0, _pending[^1]);
            _pending.RemoveAt(_pending.Count - 1);
        }

        FlushHeadings();
        var first = parts[0];
        var indent = first.Box.X - _left;
        _headings.RemoveAll(heading => heading.Indent > indent + 0.004);
        Lines.Add(new DraftLine(row.Row, indent, _headings.Count > 0 ? _headings[^1].Text : null, row.Values, parts));
    }

    /// <summary>Lines without values that no label took are headings; those of one sentence are one.</summary>
    private void FlushHeadings()
    {
        for (var at = 0; at < _pending.Count; at++)
        {
            var (text, first) = (_pending[at].Text, _pending[at]);
            while (at + 1 < _pending.Count && Joins(_pending[at], _pending[at + 1]))
            {
                text = StatementLabel.Join(text, _pending[++at].Text);
            }

            // Capitals head a part of the statement, wherever they stand: in the middle of the line, too.
            var indent = PrintedText.IsUpper(text) ? 0 : first.Box.X - _left;
            _headings.RemoveAll(heading => heading.Indent >= indent - 0.004);
            _headings.Add((indent, StatementLabel.Clean(text).TrimEnd(':', ' ')));
        }

        _pending.Clear();
    }

    /// <summary>True when a line without values is the beginning of the label in the next one.</summary>
    private bool Joins(CutRow line, CutRow next)
    {
        if (next.Label.Count == 0)
        {
            return !line.Text.EndsWith(':') && IsBelow(line.Box, next.Row.Box);
        }

        if (line.Row.Page != next.Row.Page || !IsBelow(line.Box, next.Box) || line.Text.EndsWith(':'))
        {
            return false;
        }

        if (StatementLabel.IsOpen(line.Text) || StatementLabel.Continues(next.Text))
        {
            return true;
        }

        var room = _brim - line.Box.Right;
        return !StatementLabel.IsHeading(line.Text) && line.Box.Width > FullLine * (_brim - _left) && room < next.Label[0].Box.Width + Brim;
    }

    /// <summary>True for a line that ends the label of the line item before it, whose values stand beside its first line.</summary>
    private bool IsEndOf(CutRow row)
    {
        if (_pending.Count > 0 || Lines.Count == 0 || Lines[^1].Row.Page != row.Row.Page || !IsBelow(Lines[^1].Last, row.Box)
            || row.Text.EndsWith(':') || !(StatementLabel.Continues(row.Text) || (StatementLabel.IsOpen(Lines[^1].Label) && !StatementLabel.IsHeading(row.Text))))
        {
            return false;
        }

        Lines[^1].GoOn(row);
        return true;
    }

    private static bool IsBelow(Box upper, Box lower) => lower.Y - upper.Bottom < NextLine * Math.Max(upper.Height, lower.Height);

    /// <summary>The lines before the one that refers to the notes, if enough lines with values stand before it.</summary>
    private static List<CutRow> UpToEnd(List<CutRow> rows)
    {
        var values = 0;
        for (var at = 0; at < rows.Count; at++)
        {
            if (values >= 3 && StatementLabel.EndsStatement(rows[at].Row.Text) && rows[at].Values.Count == 0)
            {
                return rows[..at];
            }

            values += rows[at].Values.Count > 0 ? 1 : 0;
        }

        return rows;
    }
}
