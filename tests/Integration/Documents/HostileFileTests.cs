using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Idp.Application.Kernel;

namespace Idp.Integration.Documents;

/// <summary>Files made to break readers: each ends as a page or as an error that says why, and the next file is read as ever.</summary>
public sealed class HostileFileTests : IAsyncLifetime
{
    private readonly ReadingHost _host = new(new LimitOptions { MaxPages = 50, PageTimeoutSeconds = 60 });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        // Whatever came before, the next document is unaffected.
        var next = await _host.Reader.ReadTextLayerAsync(_host.Store(PdfBuilder.OfPages("the next document")), 1, CancellationToken.None);
        next.Value.ShouldNotBeNull().Page.Text.ShouldBe("the next document");
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_page_of_absurd_size_has_too_many_pixels()
    {
        var file = _host.Store(new PdfBuilder().AddText("giant", mediaBox: "0 0 9000000 9000000").Build());

        (await _host.Ocr.RecognizeAsync(file, 1, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.too-many-pixels");
    }

    [Fact]
    public async Task A_small_file_of_many_pixels_is_refused_before_it_is_decoded()
    {
        var file = _host.Store(Png(60_000, 60_000));

        (await _host.Ocr.RecognizeAsync(file, 1, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.too-many-pixels");
        (await _host.Reader.RenderAsync(file, 1, 72, 0, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.too-many-pixels");
    }

    [Fact]
    public async Task A_picture_that_breaks_off_is_a_page_or_damaged()
    {
        var whole = Png(400, 300);

        var page = await _host.Ocr.RecognizeAsync(_host.Store(whole[..^20]), 1, Ct);

        (page.IsSuccess || page.Error.Code == "page.damaged").ShouldBeTrue();
    }

    [Fact]
    public async Task A_jpeg_that_lies_about_its_size_is_refused()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xDC, 0xFF, 0xDC, 1, 1, 0x11, 0, 0xFF, 0xD9];

        (await _host.Ocr.RecognizeAsync(_host.Store(jpeg), 1, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.too-many-pixels");
    }

    [Fact]
    public async Task A_tiff_whose_pages_go_round_in_circles_ends()
    {
        var outline = await _host.Reader.InspectAsync(_host.Store(LoopingTiff()), Ct);

        outline.Value.ShouldNotBeNull().PageCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_content_stream_that_unpacks_hugely_ends_within_the_limits()
    {
        var reading = await _host.Reader.ReadTextLayerAsync(_host.Store(PdfBuilder.OfBomb(100_000_000)), 1, Ct);

        (reading.IsSuccess || reading.Error.Code is "page.out-of-memory" or "page.too-slow" or "page.damaged").ShouldBeTrue();
    }

    [Fact]
    public async Task More_pages_than_allowed_are_refused() =>
        (await _host.Reader.InspectAsync(_host.Store(PdfBuilder.OfPages(Enumerable.Repeat("page", 51))), Ct)).Error.ShouldNotBeNull()
            .Code.ShouldBe("document.too-many-pages");

    private static byte[] Png(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[(((width + 7) / 8) + 1) * Math.Min(height, 300)]);
        }

        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] body)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(name), .. body];
        var frame = new byte[checkedPart.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        checkedPart.CopyTo(frame, 4);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(checkedPart.Length + 4), Checksum(checkedPart));
        return frame;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = 0xFFFFFFFF;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum >> 1) ^ ((checksum & 1) * 0xEDB88320);
            }
        }

        return ~checksum;
    }

    private static byte[] LoopingTiff()
    {
        var file = new byte[64];
        "II*\0"u8.CopyTo(file);
        file[4] = 8;
        file[8] = 2;
        Entry(file, 10, 256, 10);
        Entry(file, 22, 257, 10);
        file[34] = 8;
        return file;
    }

    private static void Entry(byte[] file, int at, ushort tag, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), tag);
        file[at + 2] = 3;
        file[at + 4] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at + 8), value);
    }
}
