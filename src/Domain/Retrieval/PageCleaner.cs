using Idp.Domain.Documents;

namespace Idp.Domain.Retrieval;

/// <summary>Turns the words of a page into blocks: no running headers, footers and page numbers, lines joined to paragraphs, words whole again, tables as tables.</summary>
public static class PageCleaner
{
    private const double LargerThanBody = 1.18;
    private const double MuchLargerThanBody = 1.35;
    private const double HugeBesideBody = 1.6;

    /// <summary>A gap wider than this many line heights ends a paragraph, whatever is usual on the page …</summary>
    private const double WidestLineGap = 1.1;

    /// <summary>… and one wider than the usual gap by this many does.</summary>
    private const double WiderThanUsual = 0.35;

    /// <summary>Cleans one page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="context">What is known of the document.</param>
    public static CleanedPage Clean(Page page, CleaningContext context)
    {
        var blocks = new List<TextBlock>();
        foreach (var column in PageColumns.Of(page))
        {
            var lines = column.Where(line => !context.Running.Contains(new RunningLine(page.Number, line.Whole.Box))).ToList();
            blocks.AddRange(new Column(page, lines, context).Blocks());
        }

        return new CleanedPage(page.Number, [.. blocks.Where(static block => block.Text.Length > 0)]);
    }

    /// <summary>Lines of one column, from top to bottom.</summary>
    private sealed class Column(Page page, IReadOnlyList<TextLine> lines, CleaningContext context)
    {
        private readonly string[] _texts = [.. lines.Select(static line => PrintedText.Of(line.Whole.Words.Select(static word => word.Text)))];
        private readonly int[] _tables = TableLines.LengthsOf(lines);
        private readonly double _usualGap = UsualGap(lines);
        private readonly double _right = lines.Count == 0 ? 0 : lines.Max(static line => line.Whole.Box.Right);

        public IEnumerable<TextBlock> Blocks()
        {
            for (var at = 0; at < lines.Count;)
            {
                if (_texts[at].Length == 0)
                {
                    at++;
                }
                else if (_tables[at] is > 0 and var rows)
                {
                    yield return TableLines.ToBlock([.. lines.Take(at + rows).Skip(at)], page.Number);
                    at += rows;
                }
                else if (HeadingLevel(at) is { } level)
                {
                    var end = at + 1;
                    while (end < lines.Count && end - at < 3 && HeadingLevel(end) == level && !EndsParagraph(end) && LineMarks.NumberedLevel(_texts[end]) is null && IsAlike(at, end))
                    {
                        end++;
                    }

                    yield return Joined(at, end, BlockKind.Heading, level);
                    at = end;
                }
                else
                {
                    var isItem = IsItem(at);
                    var end = at + 1;
                    while (end < lines.Count && GoesOn(end, isItem))
                    {
                        end++;
                    }

                    yield return Joined(at, end, isItem ? BlockKind.ListItem : BlockKind.Paragraph, 0);
                    at = end;
                }
            }
        }

        private static double UsualGap(IReadOnlyList<TextLine> lines)
        {
            var gaps = lines.Zip(lines.Skip(1)).Select(static pair => pair.Second.Whole.Box.Y - pair.First.Whole.Box.Bottom).Order().ToList();
            return gaps.Count == 0 ? 0 : Math.Max(0, gaps[gaps.Count / 2]);
        }

        private bool GoesOn(int at, bool isItem) =>
            _texts[at].Length > 0 && !EndsParagraph(at) && !IsItem(at) && HeadingLevel(at) is null && _tables[at] == 0
            && (isItem || !BeginsAnew(at));

        /// <summary>The gap over a line is wider than within a paragraph.</summary>
        private bool EndsParagraph(int at)
        {
            var (above, below) = (lines[at - 1].Whole.Box, lines[at].Whole.Box);
            var height = Math.Min(above.Height, below.Height);
            var gap = below.Y - above.Bottom;
            return gap > WidestLineGap * height || gap > _usualGap + (WiderThanUsual * height) || gap < -2 * height;
        }

        /// <summary>The line is indented, or the one before ended early with a full stop.</summary>
        private bool BeginsAnew(int at)
        {
            var (above, below) = (lines[at - 1].Whole.Box, lines[at].Whole.Box);
            var height = below.Height * page.Size.Height / page.Size.Width;
            var endsEarly = _right - above.Right > 8 * height && _texts[at - 1][^1] is '.' or '!' or '?' or ':' or '"' or ')';
            return endsEarly || (below.X - above.X > height && _texts[at - 1][^1] is '.' or '!' or '?' or ':' && char.IsUpper(_texts[at][0]) && _right - above.Right < 4 * height);
        }

        private bool IsItem(int at) => LineMarks.BulletLength(_texts[at]) > 0 || LineMarks.IsNumberedItem(_texts[at]);

        private bool IsAlike(int at, int other) => Math.Abs(HeightOf(at) - HeightOf(other)) < 0.15 * HeightOf(at);

        /// <summary>The depth of a line that is a heading.</summary>
        private int? HeadingLevel(int at)
        {
            var (text, words) = (_texts[at], lines[at].Whole.Words.Count);
            if (text.Length == 0 || !LineMarks.CouldBeHeading(text, words) || LineMarks.BulletLength(text) > 0)
            {
                return null;
            }

            var isApart = at == 0 || EndsParagraph(at);
            var height = context.BodyHeight <= 0 ? 1 : HeightOf(at) / context.BodyHeight;
            var numbered = isApart && !IsListed(at) ? LineMarks.NumberedLevel(text) : null;
            return height switch
            {
                >= HugeBesideBody when words > 0 && text.Length > 2 => 1,
                >= MuchLargerThanBody when text.Length > 2 => numbered ?? 2,
                >= LargerThanBody when isApart && text.Length > 2 => numbered ?? 3,
                _ => numbered is { } level ? level + 1 : isApart && LineMarks.IsInCapitals(text, words) ? 3 : null,
            };
        }

        /// <summary>The next line is the next entry of a list.</summary>
        private bool IsListed(int at) => at + 1 < lines.Count && _texts[at + 1].Length > 0 && LineMarks.IsNumberedItem(_texts[at + 1]) && LineMarks.IsNumberedItem(_texts[at]);

        /// <summary>The height of the line's letters in points; of several words the middle one, so that a single tall sign does not count.</summary>
        private double HeightOf(int at)
        {
            var heights = lines[at].Whole.Words.Select(static word => word.Box.Height).Order().ToList();
            return heights[heights.Count / 2] * page.Size.Height;
        }

        private TextBlock Joined(int start, int end, BlockKind kind, int level)
        {
            var text = new PlacedText();
            for (var at = start; at < end; at++)
            {
                var bullet = at == start && kind == BlockKind.ListItem ? LineMarks.BulletLength(_texts[at]) : 0;
                LineJoin.Add(text, _texts[at][bullet..], [new TextPlace(0, _texts[at].Length - bullet, page.Number, lines[at].Whole.Box)], context.Vocabulary);
            }

            return text.ToBlock(kind, level);
        }
    }
}
