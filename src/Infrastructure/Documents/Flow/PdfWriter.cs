using System.Globalization;
using System.IO.Compression;
using System.Text;
using Idp.Domain.Documents;
using Idp.Domain.Documents.Flow;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Writes composed pages as a PDF file: text in standard fonts, and pictures as they are. For characters beyond Windows-1252 see <see cref="SubstituteGlyphs"/>.</summary>
internal sealed class PdfWriter : IDisposable
{
    private const int Catalog = 1;
    private const int PageTree = 2;
    private const int FirstFont = 3;

    private static readonly string[] BaseFonts = ["Helvetica", "Helvetica-Bold", "Courier"];
    private static readonly Dictionary<int, byte> Western = WesternCodes();

    private readonly MemoryStream _file = new();
    private readonly List<long> _offsets = [];
    private readonly List<int> _pages = [];
    private readonly SubstituteGlyphs _substitutes = new();
    private readonly int _resources = FirstFont + BaseFonts.Length;

    public PdfWriter()
    {
        _file.Write("%PDF-1.5\n"u8);

        // Their numbers are known, what is in them not yet.
        Reserve(_resources);
        for (var font = 0; font < BaseFonts.Length; font++)
        {
            WriteAt(FirstFont + font, FontObject((FlowFont)font));
        }
    }

    /// <summary>What PDF calls a face.</summary>
    public static string BaseFontOf(FlowFont font) => BaseFonts[(int)font];

    /// <summary>How many pages there are.</summary>
    public int PageCount => _pages.Count;

    /// <summary>Adds a page.</summary>
    public void Add(ComposedPage page)
    {
        if (page.Picture is { } picture)
        {
            AddPicture(page.Size, picture);
            return;
        }

        var content = Append(StreamObject(Ascii(ContentOf(page))));
        _pages.Add(Append(Ascii(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {PageTree} 0 R /MediaBox [0 0 {page.Size.Width:0.##} {page.Size.Height:0.##}] /Resources {_resources} 0 R /Contents {content} 0 R >>"))));
    }

    /// <summary>The file with all pages.</summary>
    public byte[] ToFile()
    {
        var boxes = _substitutes.Fonts.Where(static font => font.Face is null).SelectMany(static font => font.Glyphs).Select(static glyph => glyph.Width).Distinct()
            .ToDictionary(static width => width, width => Append(StreamObject(Ascii(SubstituteGlyphs.Font.Box(width)))));
        var substitutes = _substitutes.Fonts.Select(font =>
        {
            var map = Append(StreamObject(Ascii(font.UnicodeMap())));
            return Append(Ascii(font.Dictionary(map, boxes)));
        }).ToList();
        var names = Enumerable.Range(0, BaseFonts.Length).Select(static font => $"/F{font} {FirstFont + font} 0 R")
            .Concat(substitutes.Select(static (number, index) => $"/S{index} {number} 0 R"));
        WriteAt(_resources, Ascii($"<< /Font << {string.Join(' ', names)} >> >>"));
        WriteAt(PageTree, Ascii($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select(static page => $"{page} 0 R"))}] >>"));
        WriteAt(Catalog, Ascii($"<< /Type /Catalog /Pages {PageTree} 0 R >>"));

        var start = _file.Position;
        _file.Write(Ascii($"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in _offsets)
        {
            _file.Write(Ascii(string.Create(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n")));
        }

        _file.Write(Ascii($"trailer\n<< /Size {_offsets.Count + 1} /Root {Catalog} 0 R >>\nstartxref\n{start}\n%%EOF\n"));
        return _file.ToArray();
    }

    public void Dispose() => _file.Dispose();

    private void AddPicture(PageSize size, FlowPicture picture)
    {
        var image = Append(PdfPicture.ObjectOf(picture));
        var content = Append(StreamObject(Ascii(string.Create(CultureInfo.InvariantCulture, $"q {size.Width:0.##} 0 0 {size.Height:0.##} 0 0 cm /P Do Q\n"))));
        _pages.Add(Append(Ascii(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {PageTree} 0 R /MediaBox [0 0 {size.Width:0.##} {size.Height:0.##}] /Resources << /XObject << /P {image} 0 R >> >> /Contents {content} 0 R >>"))));
    }

    private string ContentOf(ComposedPage page)
    {
        var content = new StringBuilder();
        foreach (var text in page.Texts)
        {
            var x = text.X;
            foreach (var (font, codes, width) in RunsOf(text))
            {
                content.Append(CultureInfo.InvariantCulture, $"BT /{font} {text.Size:0.##} Tf {x:0.##} {page.Size.Height - text.Baseline:0.##} Td <{Convert.ToHexString(codes)}> Tj ET\n");
                x += width;
            }
        }

        return content.ToString();
    }

    /// <summary>The text in pieces of one font.</summary>
    private IEnumerable<(string Font, byte[] Codes, double Width)> RunsOf(PlacedText text)
    {
        var (font, width) = (string.Empty, 0.0);
        var codes = new List<byte>();
        foreach (var rune in text.Text.EnumerateRunes())
        {
            var (name, code) = Western.TryGetValue(rune.Value, out var western) ? ($"F{(int)text.Font}", western) : _substitutes.CodeOf(rune, text.Font);
            if (name != font && codes.Count > 0)
            {
                yield return (font, codes.ToArray(), width);
                codes.Clear();
                width = 0;
            }

            font = name;
            codes.Add(code);
            width += FontMetrics.WidthOf(rune, text.Font) * text.Size / 1000;
        }

        if (codes.Count > 0)
        {
            yield return (font, codes.ToArray(), width);
        }
    }

    private static byte[] FontObject(FlowFont font)
    {
        var runes = Western.ToDictionary(static pair => pair.Value, static pair => new Rune(pair.Key));
        var widths = Enumerable.Range(' ', 256 - ' ').Select(code => runes.TryGetValue((byte)code, out var rune) ? FontMetrics.WidthOf(rune, font) : 0);
        return Ascii($"<< /Type /Font /Subtype /Type1 /BaseFont /{BaseFontOf(font)} /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [{string.Join(' ', widths)}] >>");
    }

    private static byte[] StreamObject(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return [.. Ascii($"<< /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"), .. packed.ToArray(), .. "\nendstream"u8];
    }

    private int Append(byte[] body)
    {
        Reserve(_offsets.Count + 1);
        WriteAt(_offsets.Count, body);
        return _offsets.Count;
    }

    private void Reserve(int number)
    {
        while (_offsets.Count < number)
        {
            _offsets.Add(0);
        }
    }

    private void WriteAt(int number, byte[] body)
    {
        _offsets[number - 1] = _file.Position;
        _file.Write(Ascii($"{number} 0 obj\n"));
        _file.Write(body);
        _file.Write("\nendobj\n"u8);
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static Dictionary<int, byte> WesternCodes()
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        return Enumerable.Range(' ', 256 - ' ').Where(static code => code != 0x7F)
            .Select(code => (Rune: encoding.GetString([(byte)code])[0], Code: (byte)code))
            .Where(static pair => !char.IsControl(pair.Rune))
            .ToDictionary(static pair => (int)pair.Rune, static pair => pair.Code);
    }
}
