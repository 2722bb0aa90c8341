using System.Globalization;
using System.Text;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Poppler;

/// <summary>The words of one page as <c>pdftotext -tsv</c> prints them.</summary>
/// <param name="Size">The size of the page as shown.</param>
/// <param name="Words">The words in poppler's reading order, with boxes as fractions of the page.</param>
internal sealed record TextLayerTable(PageSize Size, IReadOnlyList<Word> Words)
{
    private const int Columns = 12;

    /// <summary>More words than this on one page are not text; the rest is dropped, and the page does not exhaust the memory.</summary>
    private const int MaximumWords = 50_000;

    /// <summary>Reads the table; pages without a sensible size are absent. Never throws, whatever the bytes are.</summary>
    /// <param name="text">What the tool printed.</param>
    /// <param name="sizes">The sizes of pages as shown, where known: the tool prints them without the page's turn, and the words with it.</param>
    public static IReadOnlyDictionary<int, TextLayerTable> Parse(string text, IReadOnlyDictionary<int, PageSize> sizes)
    {
        var pages = new Dictionary<int, TextLayerTable>();
        var words = new List<Word>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var row = new Row(text.AsSpan()[range]);
            if (row.IsPage && row.Width > 0 && row.Height > 0)
            {
                words = [];
                var size = sizes.TryGetValue(row.Page, out var shown) ? shown : new PageSize(row.Width, row.Height);
                pages.TryAdd(row.Page, new TextLayerTable(size, words));
            }
            else if (row.IsWord && pages.TryGetValue(row.Page, out var page) && ReferenceEquals(page.Words, words)
                && words.Count < MaximumWords && WordOf(row, page.Size) is { } word)
            {
                words.Add(word);
            }
        }

        return pages;
    }

    private static Word? WordOf(Row row, PageSize size)
    {
        var box = Box.FromEdges(
            row.Left / size.Width, row.Top / size.Height, (row.Left + row.Width) / size.Width, (row.Top + row.Height) / size.Height);
        var text = Clean(row.Text);
        return text.Length == 0 || !(box.Width > 0) || !(box.Height > 0) ? null : new Word(text, box, Confidence.Full);
    }

    /// <summary>Takes out what no page shows (control and zero-width characters) and splits ligatures into their letters.</summary>
    /// <param name="text">The characters of a word.</param>
    internal static string Clean(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyExceptInRange('!', '~'))
        {
            return text.ToString();
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Ligature(rune.Value) is { } letters)
            {
                clean.Append(letters);
            }
            else if (!Rune.IsWhiteSpace(rune)
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static string? Ligature(int value) => value switch
    {
        0xFB00 => "ff",
        0xFB01 => "fi",
        0xFB02 => "fl",
        0xFB03 => "ffi",
        0xFB04 => "ffl",
        0xFB05 or 0xFB06 => "st",
        _ => null,
    };

    // level page par block line word left top width height conf text
    private readonly ref struct Row
    {
        public Row(ReadOnlySpan<char> line)
        {
            Span<Range> parts = stackalloc Range[Columns];
            if (line.Split(parts, '\t') != Columns
                || !int.TryParse(line[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
                || !int.TryParse(line[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var page))
            {
                return;
            }

            Page = page;
            (Left, Top) = (Number(line[parts[6]]), Number(line[parts[7]]));
            (Width, Height) = (Number(line[parts[8]]), Number(line[parts[9]]));
            Text = line[parts[11]];
            var isFinite = double.IsFinite(Left) && double.IsFinite(Top) && double.IsFinite(Width) && double.IsFinite(Height);
            IsPage = level == 1 && isFinite;
            IsWord = level == 5 && isFinite;
        }

        public bool IsPage { get; }

        public bool IsWord { get; }

        public int Page { get; }

        public double Left { get; }

        public double Top { get; }

        public double Width { get; }

        public double Height { get; }

        public ReadOnlySpan<char> Text { get; }

        private static double Number(ReadOnlySpan<char> text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }
}
