using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>Puts words that an engine gave in its own order into printed lines.</summary>
/// <remarks>
/// Engines read column by column, which tears a label from its value where the gap is wide. Pieces of one printed line are joined again when
/// one of them is short, as table cells and values are; two columns of prose stay apart.
/// </remarks>
public static class ReadingOrder
{
    /// <summary>Two pieces stand on one line when they share this much of the smaller one's height.</summary>
    private const double SameLineOverlap = 0.5;

    /// <summary>A piece of at most this many words may be a cell or a value.</summary>
    private const int ShortPieceWords = 4;

    /// <summary>Lines are looked up by the part of the page that they start in; this many parts.</summary>
    private const int Bands = 256;

    /// <summary>The words as printed lines, from the first to the last.</summary>
    /// <param name="words">The words in the engine's order.</param>
    public static IReadOnlyList<IReadOnlyList<Word>> LinesOf(IReadOnlyList<Word> words)
    {
        var lines = new List<Line>();
        var byBand = new List<Line>?[Bands];
        foreach (var piece in PiecesOf(words))
        {
            var band = BandOf(piece.Box.CenterY);
            var line = FindLine(byBand, band, piece);
            if (line is not null)
            {
                line.Append(piece);
                continue;
            }

            lines.Add(piece);
            (byBand[band] ??= []).Add(piece);
        }

        return [.. lines.Select(static line => line.Words)];
    }

    /// <summary>Makes a page out of words in an engine's order: its words in reading order and its text, one printed line a line.</summary>
    /// <param name="page">The page; its words and text are replaced.</param>
    /// <param name="words">The words in the engine's order.</param>
    public static Page Arrange(Page page, IReadOnlyList<Word> words)
    {
        var lines = LinesOf(words);
        return page with
        {
            Words = lines.SelectMany(static line => line).ToValueList(),
            Text = string.Join('\n', lines.Select(static line => string.Join(' ', line.Select(static word => word.Text)))),
        };
    }

    private static List<Line> PiecesOf(IReadOnlyList<Word> words)
    {
        var pieces = new List<Line>();
        foreach (var word in words)
        {
            if (pieces.Count > 0 && pieces[^1].Continues(word))
            {
                pieces[^1].Append(word);
            }
            else
            {
                pieces.Add(new Line(word));
            }
        }

        return pieces;
    }

    private static Line? FindLine(List<Line>?[] byBand, int band, Line piece)
    {
        for (var near = Math.Max(0, band - 1); near <= Math.Min(Bands - 1, band + 1); near++)
        {
            // The last few lines suffice, and keep a page of thousands of stacked words from taking quadratic time.
            foreach (var line in (byBand[near] ?? []).AsEnumerable().Reverse().Take(16))
            {
                if (line.TakesIn(piece))
                {
                    return line;
                }
            }
        }

        return null;
    }

    private static int BandOf(double y) => Math.Clamp((int)(y * Bands), 0, Bands - 1);

    private sealed class Line
    {
        private readonly List<Word> _words;
        private int _lastPieceWords = 1;

        public Line(Word word) => (_words, Box, LastPiece) = ([word], word.Box, word.Box);

        public IReadOnlyList<Word> Words => _words;

        public Box Box { get; private set; }

        private Box LastPiece { get; set; }

        public bool Continues(Word word) =>
            _words[^1].Box.VerticalOverlap(word.Box) >= SameLineOverlap && word.Box.CenterX > _words[^1].Box.CenterX
            && word.Box.X >= _words[^1].Box.X;

        public bool TakesIn(Line piece) =>
            LastPiece.VerticalOverlap(piece.Box) >= SameLineOverlap
            && piece.Box.X >= Box.Right - 0.005
            && (piece._words.Count <= ShortPieceWords || _lastPieceWords <= ShortPieceWords);

        public void Append(Word word)
        {
            _words.Add(word);
            _lastPieceWords++;
            Box = Box.Union(word.Box);
            LastPiece = LastPiece.Union(word.Box);
        }

        public void Append(Line piece)
        {
            _words.AddRange(piece._words);
            _lastPieceWords = piece._words.Count;
            Box = Box.Union(piece.Box);
            LastPiece = piece.Box;
        }
    }
}
