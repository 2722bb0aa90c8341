using Idp.Domain.Kernel;

namespace Idp.Domain.Documents.Flow;

/// <summary>
/// Lays a text out on pages: A4 upright with margins of 50 points. A page is made wider where a table has more columns than A4 holds, because a row that is torn apart says something else.
/// The same blocks give the same pages, everywhere and always.
/// </summary>
public static class PageComposer
{
    internal const double UsualTextWidth = 495;

    private const double PageHeight = 842;
    private const double PointsAPixel = 0.75;
    private const double Margin = 50;
    private const double BodySize = 10.5;
    private const double LeadingRatio = 1.3;
    private const double ParagraphSpace = 6;
    private const double ItemIndent = 16;
    private const int DeepestItem = 8;
    private const double FixedSize = 9;
    private const double SmallestFixedSize = 6;

    /// <summary>Share of the font's size that stands above the baseline, with the leading's half.</summary>
    private const double Ascent = 0.95;

    private static readonly double[] HeadingSizes = [18, 15, 13, 12, 11];

    /// <summary>The pages, at least one; made as they are asked for.</summary>
    public static IEnumerable<ComposedPage> Compose(IEnumerable<FlowBlock> blocks)
    {
        var sheet = new Sheet(UsualTextWidth);
        var (isFresh, isAfterPicture) = (true, false);
        foreach (var block in blocks)
        {
            if (block is FlowPageBreak or FlowPicture)
            {
                // Beside a picture there is no empty page: neither before it nor after it.
                if (!sheet.IsEmpty || (block is FlowPageBreak && !isAfterPicture))
                {
                    yield return sheet.ToPage();
                }

                (sheet, isFresh, isAfterPicture) = (new Sheet(UsualTextWidth), true, block is FlowPicture);
                if (block is FlowPicture picture)
                {
                    yield return PageOf(picture);
                }

                continue;
            }

            foreach (var section in SectionsOf(block))
            {
                if (section.TextWidth != sheet.TextWidth)
                {
                    if (!sheet.IsEmpty || !isFresh)
                    {
                        yield return sheet.ToPage();
                    }

                    sheet = new Sheet(section.TextWidth);
                }

                isFresh = false;
                foreach (var page in Place(section))
                {
                    yield return page;
                }
            }
        }

        if (!sheet.IsEmpty || !isAfterPicture)
        {
            yield return sheet.ToPage();
        }

        IEnumerable<ComposedPage> Place(LineSection section)
        {
            foreach (var unit in section.Units)
            {
                if (!sheet.HasRoomFor(unit) && !sheet.IsEmpty)
                {
                    yield return sheet.ToPage();
                    sheet = new Sheet(section.TextWidth);
                    sheet.Add(section.Repeated);
                }

                sheet.Skip(unit.SpaceBefore);
                foreach (var line in unit.Lines)
                {
                    if (!sheet.HasRoomFor(line.Height) && !sheet.IsEmpty)
                    {
                        yield return sheet.ToPage();
                        sheet = new Sheet(section.TextWidth);
                        sheet.Add(section.Repeated);
                    }

                    sheet.Add([line]);
                }
            }
        }
    }

    /// <summary>As large as screens show it, and no longer than A4.</summary>
    private static ComposedPage PageOf(FlowPicture picture)
    {
        var scale = Math.Min(PointsAPixel, PageHeight / Math.Max(picture.Width, picture.Height));
        return new ComposedPage(new PageSize(picture.Width * scale, picture.Height * scale), []) { Picture = picture };
    }

    private static IEnumerable<LineSection> SectionsOf(FlowBlock block) => block switch
    {
        FlowHeading heading => [Usual(Heading(heading))],
        FlowParagraph paragraph => [Usual(Paragraph(FlowText.Clean(paragraph.Text)))],
        FlowItem item => [Usual(Item(item))],
        FlowVerbatim verbatim => [Usual(Verbatim(FlowText.Clean(verbatim.Text)))],
        FlowTable table => TableComposer.Compose(table),
        _ => [],
    };

    private static LineSection Usual(IEnumerable<LineUnit> units) => new(UsualTextWidth, [], units);

    private static IEnumerable<LineUnit> Heading(FlowHeading heading)
    {
        var size = HeadingSizes[Math.Clamp(heading.Level, 1, HeadingSizes.Length) - 1];
        var lines = FlowText.Wrap(FlowText.Clean(heading.Text).Trim(), FlowFont.Bold, size, UsualTextWidth).Select(line => Line(0, size, FlowFont.Bold, line)).ToValueList();
        return [new LineUnit(size * 0.8, lines) { RoomBelow = BodySize * 4 }];
    }

    // A line is a unit of its own, so that long paragraphs go over the end of a page.
    private static IEnumerable<LineUnit> Paragraph(string text) =>
        FlowText.Wrap(text.TrimEnd(), FlowFont.Regular, BodySize, UsualTextWidth)
            .Select((line, index) => new LineUnit(index == 0 ? ParagraphSpace : 0, [Line(0, BodySize, FlowFont.Regular, line)]));

    private static IEnumerable<LineUnit> Item(FlowItem item)
    {
        var indent = ItemIndent * (1 + Math.Clamp(item.Depth, 0, DeepestItem));
        var marker = FlowText.Clean(item.Marker).Trim();
        var hang = marker.Length == 0 ? 0 : FontMetrics.WidthOf(marker + " ", FlowFont.Regular, BodySize);
        return FlowText.Wrap(FlowText.Clean(item.Text).Trim(), FlowFont.Regular, BodySize, UsualTextWidth - indent - hang).Select((line, index) => new LineUnit(
            index == 0 ? ParagraphSpace / 2 : 0,
            [index == 0 && marker.Length > 0 ? Line(indent, BodySize, FlowFont.Regular, $"{marker} {line}") : Line(indent + hang, BodySize, FlowFont.Regular, line)]));
    }

    private static IEnumerable<LineUnit> Verbatim(string text)
    {
        var lines = text.Split('\n').Select(static line => FlowText.ExpandTabs(line).TrimEnd()).ToList();
        var longest = Math.Max(1, lines.Max(static line => line.Length));
        var size = Math.Clamp(UsualTextWidth * 1000 / (FontMetrics.FixedWidth * (double)longest), SmallestFixedSize, FixedSize);

        // Lines that would need smaller letters are prose without line ends, which is set as large as everything else.
        size = longest * FontMetrics.FixedWidth * size / 1000 > UsualTextWidth + 1 ? FixedSize : size;
        return lines.SelectMany(line => FlowText.Wrap(line, FlowFont.Fixed, size, UsualTextWidth)).Select(line => new LineUnit(0, [Line(0, size, FlowFont.Fixed, line)]));
    }

    private static FlowLine Line(double x, double size, FlowFont font, string text)
    {
        var start = text.Length - text.TrimStart().Length;
        var indent = FontMetrics.WidthOf(text.AsSpan(0, start), font, size);
        return new FlowLine(size * LeadingRatio, start == text.Length ? [] : [new LinePart(x + indent, size, font, text[start..])]);
    }

    /// <summary>A page that is being filled.</summary>
    private sealed class Sheet(double textWidth)
    {
        private readonly List<PlacedText> _texts = [];
        private double _y = Margin;

        public double TextWidth => textWidth;

        public bool IsEmpty => _y == Margin;

        public bool HasRoomFor(double height) => _y + height <= PageHeight - Margin;

        public bool HasRoomFor(LineUnit unit) => HasRoomFor(unit.SpaceBefore + unit.Lines.Sum(static line => line.Height) + unit.RoomBelow);

        public void Skip(double space) => _y += IsEmpty ? 0 : space;

        public void Add(IEnumerable<FlowLine> lines)
        {
            foreach (var line in lines)
            {
                _texts.AddRange(line.Parts.Select(part => new PlacedText(Margin + part.X, _y + (part.Size * Ascent), part.Size, part.Font, part.Text)));
                _y += line.Height;
            }
        }

        public ComposedPage ToPage() => new(new PageSize(textWidth + (2 * Margin), PageHeight), _texts.ToValueList());
    }
}
