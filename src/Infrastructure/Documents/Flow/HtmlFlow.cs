using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using Idp.Domain.Documents.Flow;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Makes blocks of the elements of a page, told one after the other.</summary>
internal sealed class HtmlFlow
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "body", "center", "details", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "legend",
        "main", "nav", "p", "section", "summary", "tbody", "tfoot", "thead", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "menu", "li", "pre", "table", "tr", "td", "th", "textarea",
    };

    private readonly List<FlowBlock> _blocks = [];
    private readonly StringBuilder _text = new();
    private readonly Stack<HtmlList> _lists = new();
    private readonly Stack<HtmlTable?> _tables = new();
    private string? _marker;
    private int _verbatim;
    private int _heading;

    private HtmlTable? Table => _tables.TryPeek(out var table) ? table : null;

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<FlowBlock> ToBlocks()
    {
        Flush();
        return _blocks;
    }

    /// <summary>Text in the element that was begun last.</summary>
    public void Add(string text)
    {
        if (_verbatim > 0)
        {
            _text.Append(text);
            return;
        }

        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) || character == '\u00A0')
            {
                _text.Append(character);
            }
            else if (_text.Length > 0 && _text[^1] is not (' ' or '\n' or '\t'))
            {
                _text.Append(' ');
            }
        }
    }

    /// <summary>An element begins.</summary>
    public void Begin(IElement element)
    {
        if (Blocks.Contains(element.LocalName))
        {
            Flush();
        }

        switch (element.LocalName)
        {
            case "br":
                _text.Append('\n');
                break;
            case "img" or "area" when element.GetAttribute("alt") is { } description:
                Add(description);
                break;
            case "input":
                Add($" {InputText(element)} ");
                break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                _heading = element.LocalName[1] - '0';
                break;
            case "pre" or "textarea":
                _verbatim++;
                break;
            case "ul" or "menu":
                _lists.Push(new HtmlList(null));
                break;
            case "ol":
                _lists.Push(new HtmlList(int.TryParse(element.GetAttribute("start"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start) && start is > -100_000 and < 100_000 ? start : 1));
                break;
            case "li":
                BeginItem();
                break;
            case "table":
                // A table within another makes that one a frame, which says nothing.
                _tables.Push(element.QuerySelector("table") is null ? new HtmlTable() : null);
                break;
            case "tr":
                Table?.BeginRow(element.ParentElement?.LocalName == "thead");
                break;
        }
    }

    /// <summary>An element ends.</summary>
    public void End(IElement element)
    {
        switch (element.LocalName)
        {
            case "td" or "th" when Table is { } table:
                table.AddCell(Take(), element.LocalName == "th", SpanOf(element, "colspan"), SpanOf(element, "rowspan"));
                _marker = null;
                return;
            case "table" when _tables.TryPop(out var ended) && ended is not null:
                Flush();
                _blocks.AddRange(ended.ToBlocks());
                return;
        }

        if (Blocks.Contains(element.LocalName))
        {
            Flush();
        }

        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                _heading = 0;
                break;
            case "pre" or "textarea":
                _verbatim = Math.Max(0, _verbatim - 1);
                break;
            case "ul" or "ol" or "menu":
                _lists.TryPop(out _);
                break;
            case "li":
                _marker = null;
                break;
        }
    }

    private void BeginItem()
    {
        _marker = _lists.TryPeek(out var list) ? list.NextMarker() : "•";
        if (Table is { InCell: true })
        {
            Add(_marker + " ");
        }
    }

    /// <summary>Ends the block that the text so far is in; in a cell, the line.</summary>
    private void Flush()
    {
        if (Table is { InCell: true })
        {
            if (_text.Length > 0 && _text[^1] != '\n')
            {
                _text.Append('\n');
            }

            return;
        }

        if (_verbatim > 0 && _text.ToString().Trim('\r', '\n') is { Length: > 0 } verbatim)
        {
            _blocks.Add(new FlowVerbatim(verbatim));
            _text.Clear();
            return;
        }

        if (Take() is not { Length: > 0 } text)
        {
            return;
        }

        _blocks.Add(_heading > 0 ? new FlowHeading(_heading, text)
            : _lists.Count > 0 ? new FlowItem(_lists.Count - 1, _marker ?? string.Empty, text)
            : new FlowParagraph(text));
        _marker = _marker is null ? null : string.Empty;
    }

    private string Take()
    {
        var text = _text.ToString().Trim();
        _text.Clear();
        return text;
    }

    private static string InputText(IElement input) => (input.GetAttribute("type") ?? "text").ToLowerInvariant() switch
    {
        "checkbox" or "radio" => input.HasAttribute("checked") ? "☒" : "☐",
        "password" or "image" or "file" => string.Empty,
        _ => input.GetAttribute("value") ?? string.Empty,
    };

    private static int SpanOf(IElement cell, string attribute) =>
        int.TryParse(cell.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var span) ? Math.Clamp(span, 1, 100) : 1;

    /// <summary>A list that is open.</summary>
    private sealed class HtmlList(int? next)
    {
        private int? _next = next;

        public string NextMarker()
        {
            var marker = _next is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}.") : "•";
            _next++;
            return marker;
        }
    }
}
