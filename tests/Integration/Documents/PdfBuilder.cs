using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Idp.Integration.Documents;

/// <summary>Writes small PDF files, good and bad ones.</summary>
internal sealed class PdfBuilder
{
    private readonly List<(string Content, string MediaBox, int Rotate)> _pages = [];

    public static byte[] OfPages(params IEnumerable<string> texts)
    {
        var builder = new PdfBuilder();
        foreach (var text in texts)
        {
            builder.AddText(text);
        }

        return builder.Build();
    }

    public PdfBuilder AddText(string text, int size = 14, int rotate = 0, string mediaBox = "0 0 612 792", string color = "0 g") =>
        AddContent(TextContent(text, size, color), mediaBox, rotate);

    public PdfBuilder AddContent(string content, string mediaBox = "0 0 612 792", int rotate = 0)
    {
        _pages.Add((content, mediaBox, rotate));
        return this;
    }

    /// <summary>The operators that print lines of text from the top left.</summary>
    public static string TextContent(string text, int size, string color = "0 g", int top = 700) => string.Join('\n', text.Split('\n').Select(
        (line, index) => $"BT {color} /F1 {size} Tf 72 {(top - (index * size * 2)).ToString(CultureInfo.InvariantCulture)} Td ({line}) Tj ET"));

    public byte[] Build(string trailerExtra = "")
    {
        var objects = new List<byte[]>
        {
            Latin("<< /Type /Catalog /Pages 2 0 R >>"),
            Latin($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select(static (_, index) => $"{4 + (2 * index)} 0 R"))}] >>"),
            Latin("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
        };
        foreach (var (content, mediaBox, rotate) in _pages)
        {
            objects.Add(Latin(
                $"<< /Type /Page /Parent 2 0 R /MediaBox [{mediaBox}] /Rotate {rotate} /Contents {objects.Count + 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"));
            objects.Add(Stream(Latin(content)));
        }

        return Assemble(objects, trailerExtra);
    }

    /// <summary>One page whose content stream unpacks to a great many bytes.</summary>
    public static byte[] OfBomb(int unpackedBytes) => Assemble(
        [
            Latin("<< /Type /Catalog /Pages 2 0 R >>"),
            Latin("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
            Latin("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>"),
            Stream(Encoding.ASCII.GetBytes(new string(' ', unpackedBytes))),
        ],
        string.Empty);

    private static byte[] Stream(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return [.. Latin($"<< /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"), .. packed.ToArray(), .. Latin("\nendstream")];
    }

    private static byte[] Assemble(List<byte[]> objects, string trailerExtra)
    {
        using var file = new MemoryStream();
        file.Write(Latin("%PDF-1.5\n"));
        var offsets = new List<long>();
        foreach (var (number, body) in objects.Select(static (body, index) => (index + 1, body)))
        {
            offsets.Add(file.Length);
            file.Write([.. Latin($"{number} 0 obj\n"), .. body, .. Latin("\nendobj\n")]);
        }

        var start = file.Length;
        file.Write(Latin($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        file.Write(Latin(string.Concat(offsets.Select(static offset => $"{offset.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n"))));
        file.Write(Latin($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R {trailerExtra} >>\nstartxref\n{start}\n%%EOF\n"));
        return file.ToArray();
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
