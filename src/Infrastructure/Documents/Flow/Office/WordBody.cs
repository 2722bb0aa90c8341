using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Idp.Domain.Documents.Flow;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>Reads the body of a text document, and everything else that is made of paragraphs and tables.</summary>
internal sealed class WordBody(WordStyles styles, WordNumbering numbering)
{
    private const int DeepestTable = 40;
    private const char WingdingsChecked = '\uF0FE';
    private const char WingdingsCrossed = '\uF0FD';
    private const char WingdingsEmpty = '\uF0A8';

    private readonly List<string> _notes = [];

    /// <summary>Notes that the text refers to, in their order: kind and number.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The blocks of an element that holds paragraphs and tables.</summary>
    public IEnumerable<FlowBlock> Read(XElement? holder, int depth = 0)
    {
        foreach (var element in holder?.Elements() ?? [])
        {
            switch (element.Name.LocalName)
            {
                case "p":
                    foreach (var block in Paragraph(element))
                    {
                        yield return block;
                    }

                    break;
                case "tbl" when depth < DeepestTable:
                    yield return Table(element, depth);
                    break;
                case "sdt" or "sdtContent" or "ins" or "moveTo" or "customXml" or "smartTag" when depth < DeepestTable:
                    foreach (var block in Read(element, depth + 1))
                    {
                        yield return block;
                    }

                    break;
            }
        }
    }

    private IEnumerable<FlowBlock> Paragraph(XElement paragraph)
    {
        var properties = paragraph.Child("pPr");
        if (properties.Child("pageBreakBefore").IsOn())
        {
            yield return new FlowPageBreak();
        }

        var boxes = new List<XElement>();
        var text = new StringBuilder();
        Collect(paragraph, text, boxes);
        var level = styles.HeadingLevel(properties);
        var (list, depth) = styles.ListOf(properties);
        foreach (var (part, index) in text.ToString().Split('\f').Select(static (part, index) => (part, index)))
        {
            if (index > 0)
            {
                yield return new FlowPageBreak();
            }

            if (part.Trim('\n', ' ').Length > 0)
            {
                var marker = index == 0 ? numbering.Next(list, depth) : null;
                yield return level is { } heading ? new FlowHeading(heading, marker is null or "•" ? part.Trim() : $"{marker} {part.Trim()}")
                    : marker is not null ? new FlowItem(depth, marker, part.Trim())
                    : new FlowParagraph(part.Trim('\n'));
            }
        }

        foreach (var block in boxes.SelectMany(box => Read(box, 1)))
        {
            yield return block;
        }
    }

    /// <summary>The visible text of a paragraph; text boxes anchored in it stand for themselves. Text that was taken back, and instructions of fields, are not text.</summary>
    private void Collect(XElement element, StringBuilder text, List<XElement> boxes)
    {
        foreach (var child in element.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "r" when child.Child("rPr").Child("vanish").IsOn():
                case "pPr" or "rPr" or "del" or "moveFrom" or "instrText" or "delText" or "sdtPr" or "sdtEndPr" or "annotation":
                    break;
                case "t":
                    text.Append(child.Value);
                    break;
                case "tab" or "ptab":
                    text.Append('\t');
                    break;
                case "br":
                    text.Append(child.Value("type") is "page" ? '\f' : '\n');
                    break;
                case "cr":
                    text.Append('\n');
                    break;
                case "noBreakHyphen":
                    text.Append('-');
                    break;
                case "sym":
                    text.Append(Symbol(child));
                    break;
                case "footnoteReference" or "endnoteReference" when child.Value("id") is { } id:
                    _notes.Add($"{child.Name.LocalName[..^"Reference".Length]}/{id}");
                    text.Append(CultureInfo.InvariantCulture, $"[{_notes.Count}]");
                    break;
                case "AlternateContent":
                    Collect(child.Child("Choice") ?? child.Child("Fallback") ?? new XElement("none"), text, boxes);
                    break;
                case "drawing" or "pict" or "object":
                    boxes.AddRange(TextBoxes(child));
                    break;
                case "oMath" or "oMathPara":
                    text.Append(string.Concat(child.Within("t").Select(static part => part.Value)));
                    break;
                default:
                    Collect(child, text, boxes);
                    break;
            }
        }
    }

    /// <summary>Boxes within boxes come with the outer ones.</summary>
    private static IEnumerable<XElement> TextBoxes(XElement drawing) =>
        drawing.Within("txbxContent").Where(box => !box.Ancestors().TakeWhile(ancestor => ancestor != drawing).Any(static ancestor => ancestor.Name.LocalName is "txbxContent" or "Fallback"));

    private static string Symbol(XElement symbol)
    {
        if (!ushort.TryParse(symbol.Value("char"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return string.Empty;
        }

        return (char)code switch
        {
            WingdingsChecked or WingdingsCrossed => "☒",
            WingdingsEmpty => "☐",
            >= '\uF020' and <= '\uF07E' and var letter when symbol.Value("font")?.StartsWith("Wingdings", StringComparison.Ordinal) != true => ((char)(letter - 0xF000)).ToString(),
            >= '\uE000' and <= '\uF8FF' => "•",
            var other => char.IsSurrogate(other) ? string.Empty : other.ToString(),
        };
    }

    private FlowTable Table(XElement table, int depth)
    {
        var rows = new List<ValueList<string>>();
        var headers = 0;
        foreach (var row in RowsOf(table))
        {
            var cells = new List<string>();
            var properties = row.Child("trPr");
            cells.AddRange(Enumerable.Repeat(string.Empty, Math.Clamp(properties.Child("gridBefore").Number("val") ?? 0, 0, 100)));
            foreach (var cell in CellsOf(row))
            {
                var isContinued = cell.Child("tcPr").Child("vMerge") is { } merge && merge.Value("val") is not "restart";
                cells.Add(isContinued ? string.Empty : CellText(cell, depth));
                cells.AddRange(Enumerable.Repeat(string.Empty, Math.Clamp(cell.Child("tcPr").Child("gridSpan").Number("val") ?? 1, 1, 100) - 1));
            }

            if (properties.Child("tblHeader").IsOn() && headers == rows.Count)
            {
                headers++;
            }

            rows.Add(cells.ToValueList());
        }

        if (headers == 0 && rows.Count > 2 && table.Child("tblPr").Child("tblLook") is { } look && look.Value("firstRow") is "1" or "true")
        {
            headers = rows[0].All(static cell => cell.Length > 0 && !cell.Any(char.IsAsciiDigit)) ? 1 : 0;
        }

        return new FlowTable(rows.ToValueList(), Math.Min(headers, Math.Max(0, rows.Count - 1)));
    }

    private string CellText(XElement cell, int depth) => string.Join('\n', Read(cell, depth + 1).SelectMany(static block => block switch
    {
        FlowParagraph paragraph => [paragraph.Text],
        FlowHeading heading => [heading.Text],
        FlowItem item => [$"{item.Marker} {item.Text}"],
        FlowTable table => table.Rows.Select(static row => string.Join("   ", row.Where(static text => text.Length > 0))),
        _ => Enumerable.Empty<string>(),
    }));

    private static IEnumerable<XElement> RowsOf(XElement table) => Unwrapped(table, "tr");

    private static IEnumerable<XElement> CellsOf(XElement row) => Unwrapped(row, "tc");

    // Rows and cells may be wrapped by controls.
    private static IEnumerable<XElement> Unwrapped(XElement holder, string name) => holder.Elements().SelectMany(child =>
        child.Name.LocalName == name ? [child]
        : child.Name.LocalName == "sdt" ? child.Child("sdtContent").Children(name)
        : child.Name.LocalName is "ins" or "customXml" ? child.Children(name)
        : []);
}
