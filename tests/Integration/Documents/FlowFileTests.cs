using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Idp.Application.Kernel;
using Idp.Domain.Documents;
using Idp.Unit.Documents.Flow;

namespace Idp.Integration.Documents;

/// <summary>Files without pages of their own, read by real worker processes: laid out as PDF, and read as every PDF is.</summary>
public sealed class FlowFileTests : IAsyncLifetime
{
    private readonly ReadingHost _host = new(new LimitOptions { MaxPages = 20, PageTimeoutSeconds = 60 });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_type_becomes_pages_with_words_boxes_and_a_picture()
    {
        foreach (var (type, bytes) in new (FileType, byte[])[]
        {
            (FileType.Text, "Balance due 12.50"u8.ToArray()),
            (FileType.Markdown, "# Balance\n\ndue *12.50*"u8.ToArray()),
            (FileType.Csv, "Balance,due\n12.50,x\n"u8.ToArray()),
            (FileType.Html, "<p>Balance due <b>12.50</b></p>"u8.ToArray()),
            (FileType.Mail, "From: a@b.example\r\nSubject: Balance\r\n\r\ndue 12.50"u8.ToArray()),
            (FileType.Docx, OfficeFiles.Word(OfficeFiles.Paragraph("Balance due 12.50"))),
            (FileType.Pptx, OfficeFiles.Slides(OfficeFiles.Shape("title", "Balance due 12.50"))),
            (FileType.Xlsx, OfficeFiles.Workbook("<sheetData><row><c t=\"str\"><v>Balance</v></c><c t=\"str\"><v>due</v></c><c t=\"str\"><v>12.50</v></c></row></sheetData>")),
        })
        {
            var file = _host.Store(bytes, type);

            (await _host.Reader.InspectAsync(file, Ct)).Value.ShouldNotBeNull(type.ToString()).PageCount.ShouldBe(1);
            var reading = (await _host.Reader.ReadTextLayerAsync(file, 1, Ct)).Value.ShouldNotBeNull(type.ToString());

            reading.NeedsRecognition.ShouldBeFalse(type.ToString());
            foreach (var wanted in new[] { "Balance", "due", "12.50" })
            {
                reading.Page.Words.ShouldContain(word => word.Text == wanted && word.Box.Width > 0 && word.Box.Right < 1, $"{type}: {reading.Page.Text}");
            }

            (await _host.Reader.RenderAsync(file, 1, 72, 0, Ct)).Value.ShouldNotBeNull(type.ToString())[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        }
    }

    [Fact]
    public async Task Letters_that_the_standard_fonts_do_not_have_are_read_all_the_same()
    {
        const string text = "Größe 5 € — Остаток 数字 λόγος 𝛼";

        var reading = (await _host.Reader.ReadTextLayerAsync(_host.Store(Encoding.UTF8.GetBytes(text), FileType.Text), 1, Ct)).Value.ShouldNotBeNull();

        reading.NeedsRecognition.ShouldBeFalse();
        reading.Page.Text.ShouldBe(text);
    }

    [Fact]
    public async Task A_form_feed_begins_a_page_and_pages_without_text_are_blank()
    {
        var file = _host.Store("one\f\ftwo"u8.ToArray(), FileType.Text);

        (await _host.Reader.ReadTextLayerAsync(file, 2, Ct)).Value.ShouldNotBeNull().Page.IsBlank.ShouldBeTrue();
        (await _host.Reader.ReadTextLayerAsync(file, 3, Ct)).Value.ShouldNotBeNull().Page.Text.ShouldBe("two");
        (await _host.Reader.ReadTextLayerAsync(file, 4, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.not-found");
    }

    [Fact]
    public async Task More_pages_than_allowed_are_refused() =>
        (await _host.Reader.InspectAsync(_host.Store(Encoding.ASCII.GetBytes(new string('\f', 30) + "x"), FileType.Text), Ct)).Error.ShouldNotBeNull().Code.ShouldBe("document.too-many-pages");

    [Fact]
    public async Task Pictures_in_files_are_pages_of_their_own_and_are_recognised()
    {
        var scan = (await _host.Reader.RenderAsync(_host.Store(PdfBuilder.OfPages("Balance due 12.50")), 1, 200, 0, Ct)).Value.ShouldNotBeNull();
        var mail = Encoding.ASCII.GetBytes(
            "From: a@b.example\r\nSubject: scan\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSee the scan\r\n--x\r\n"
            + "Content-Type: image/png; name=scan.png\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String(scan, Base64FormattingOptions.InsertLineBreaks) + "\r\n--x--\r\n");
        foreach (var (type, bytes) in new (FileType, byte[])[]
        {
            (FileType.Docx, OfficeFiles.With(OfficeFiles.Word(OfficeFiles.Paragraph("See the scan"), ("image", string.Empty)), "word/part0.xml", scan)),
            (FileType.Docx, OfficeFiles.With(OfficeFiles.Word(OfficeFiles.Paragraph("See the scan"), ("image", string.Empty)), "word/part0.xml", await PhotographAsync(PdfBuilder.OfPages("Balance due 12.50")))),
            (FileType.Mail, mail),
        })
        {
            var file = _host.Store(bytes, type);

            (await _host.Reader.InspectAsync(file, Ct)).Value.ShouldNotBeNull(type.ToString()).PageCount.ShouldBe(2, type.ToString());
            var text = (await _host.Reader.ReadTextLayerAsync(file, 1, Ct)).Value.ShouldNotBeNull();
            (text.NeedsRecognition, text.Page.Text.Contains("See the scan", StringComparison.Ordinal)).ShouldBe((false, true), text.Page.Text);
            var picture = (await _host.Reader.ReadTextLayerAsync(file, 2, Ct)).Value.ShouldNotBeNull();
            (picture.NeedsRecognition, picture.Page.IsBlank).ShouldBe((true, false));
            (await _host.Ocr.RecognizeAsync(file, 2, Ct)).Value.ShouldNotBeNull().Text.ShouldContain("Balance due 12.50");
        }
    }

    [Fact]
    public async Task A_package_that_unpacks_hugely_is_refused_and_the_next_file_is_read()
    {
        (await _host.Reader.InspectAsync(_host.Store(Bomb(), FileType.Docx), Ct)).Error.ShouldNotBeNull().Code.ShouldBeOneOf("document.unpacks-too-large", "page.out-of-memory");

        (await _host.Reader.InspectAsync(_host.Store("next"u8.ToArray(), FileType.Text), Ct)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_says_is_damaged() =>
        (await _host.Reader.InspectAsync(_host.Store("PK\u0003\u0004"u8.ToArray(), FileType.Xlsx), Ct)).Error.ShouldNotBeNull().Code.ShouldBe("document.damaged");

    /// <summary>The first page of a PDF file as JPEG.</summary>
    private static async Task<byte[]> PhotographAsync(byte[] pdf)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("page.pdf"), pdf, Ct);
        using var process = Process.Start("pdftoppm", ["-jpeg", "-r", "200", "-singlefile", folder.File("page.pdf"), folder.File("page")]);
        await process.WaitForExitAsync(Ct);
        return await File.ReadAllBytesAsync(folder.File("page.jpg"), Ct);
    }

    private static byte[] Bomb()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            entry.Write("<d><body><p><r><t>"u8);
            var filler = new byte[1024 * 1024];
            Array.Fill(filler, (byte)'a');
            for (var megabyte = 0; megabyte < 200; megabyte++)
            {
                entry.Write(filler);
            }
        }

        return file.ToArray();
    }
}
