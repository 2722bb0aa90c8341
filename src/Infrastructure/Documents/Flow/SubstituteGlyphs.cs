using System.Globalization;
using System.Text;
using Idp.Domain.Documents.Flow;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>
/// Fonts for characters beyond Windows-1252. Those that the standard fonts are likely to have are asked for by the names of their glyphs; any other is a box of its width: it has its place and can be
/// found, copied and pointed at, and looks like what it is, a gap.
/// </summary>
internal sealed class SubstituteGlyphs
{
    private const int CodesOfFont = 255;

    private readonly List<Font> _fonts = [];
    private readonly Dictionary<(Rune Rune, FlowFont Face), (string Name, byte Code)> _codes = [];

    /// <summary>The fonts that are needed so far.</summary>
    public IReadOnlyList<Font> Fonts => _fonts;

    /// <summary>The font of a character, and its code in it.</summary>
    public (string Name, byte Code) CodeOf(Rune rune, FlowFont face)
    {
        if (_codes.TryGetValue((rune, face), out var known))
        {
            return known;
        }

        FlowFont? named = GlyphNames.Of(rune) is null ? null : face;
        var index = _fonts.FindLastIndex(font => font.Face == named && font.Glyphs.Count < CodesOfFont);
        if (index < 0)
        {
            _fonts.Add(new Font(named));
            index = _fonts.Count - 1;
        }

        _fonts[index].Glyphs.Add((rune, FontMetrics.WidthOf(rune, face)));
        return _codes[(rune, face)] = ($"S{index}", (byte)_fonts[index].Glyphs.Count);
    }

    /// <summary>A font of some characters.</summary>
    /// <param name="face">The face that has them; null for boxes.</param>
    internal sealed class Font(FlowFont? face)
    {
        /// <summary>The face that has them; null for boxes.</summary>
        public FlowFont? Face => face;

        /// <summary>Its characters with their widths; the first has code 1.</summary>
        public List<(Rune Rune, int Width)> Glyphs { get; } = [];

        /// <summary>The font as PDF has it.</summary>
        /// <param name="unicodeMap">Number of the object that holds the map.</param>
        /// <param name="boxes">Numbers of the objects that draw the boxes, by width.</param>
        public string Dictionary(int unicodeMap, IReadOnlyDictionary<int, int> boxes)
        {
            var names = Glyphs.Select(glyph => face is null ? $"/w{glyph.Width}" : $"/{GlyphNames.Of(glyph.Rune)}");
            var kind = face is { } named
                ? $"/Subtype /Type1 /BaseFont /{PdfWriter.BaseFontOf(named)}"
                : $"/Subtype /Type3 /FontBBox [0 -200 1000 900] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << {string.Join(' ', Widths().Distinct().Select(width => $"/w{width} {boxes[width]} 0 R"))} >>";
            return $"<< /Type /Font {kind} /FirstChar 1 /LastChar {Glyphs.Count} /Widths [{string.Join(' ', Widths())}] "
                + $"/Encoding << /Type /Encoding /Differences [1 {string.Join(' ', names)}] >> /ToUnicode {unicodeMap} 0 R >>";
        }

        /// <summary>The operators that draw a box.</summary>
        /// <param name="width">In thousandths of the font's size.</param>
        public static string Box(int width) =>
            string.Create(CultureInfo.InvariantCulture, $"{width} 0 d0 50 w {(width == 0 ? -400 : 80)} 20 {Math.Max(300, width - 160)} 640 re S");

        /// <summary>Which characters the codes stand for.</summary>
        public string UnicodeMap()
        {
            var map = new StringBuilder(
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Substitutes def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange\n");
            foreach (var part in Glyphs.Select(static (glyph, index) => (glyph.Rune, Code: index + 1)).Chunk(100))
            {
                map.Append(CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
                foreach (var (rune, code) in part)
                {
                    map.Append(CultureInfo.InvariantCulture, $"<{code:X2}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()))}>\n");
                }

                map.Append("endbfchar\n");
            }

            return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
        }

        private IEnumerable<int> Widths() => Glyphs.Select(static glyph => glyph.Width);
    }
}
