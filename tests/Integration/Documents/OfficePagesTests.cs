using System.Globalization;
using System.IO.Compression;
using System.Text;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.LibreOffice;
using Idp.Unit.Documents.Flow;

namespace Idp.Integration.Documents;

/// <summary>Office files whose pages LibreOffice makes, or a script in its place that does what programs do when they go wrong.</summary>
public sealed class OfficePagesTests : IAsyncDisposable
{
    private const string Note = "[LibreOffice did not make these pages: ";

    private readonly TemporaryFolder _folder = new();
    private readonly List<ReadingHost> _hosts = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Pages_that_say_what_the_file_says_are_taken_and_read_as_every_pdf_is()
    {
        var host = Host("libreoffice", $"cp {Pages("Balance due 12.50", "Page 2 of 2")} \"$out/file.pdf\"");
        var file = Word(host, "Balance due 12.50");

        (await host.Reader.InspectAsync(file, Ct)).Value.ShouldNotBeNull().PageCount.ShouldBe(2);
        (await ReadAsync(host, file)).ShouldBe("Balance due 12.50");
        host.Reader.VersionFor(FileType.Docx).ShouldNotBe(Host("composed", null).Reader.VersionFor(FileType.Docx));
    }

    [Fact]
    public async Task What_goes_wrong_leaves_pages_of_our_own_that_say_so()
    {
        var script = _folder.File("script");
        var host = Host("libreoffice", $". {script}");
        var number = 0;
        foreach (var (text, fault) in new[]
        {
            ("exit 3", "it ended with 3"),
            ("exit 0", "it wrote no pages"),
            ("echo garbage >\"$out/file.pdf\"", "what it wrote cannot be read"),
            ("truncate -s 300M \"$out/file.pdf\"", "it ended with"),
            ($"cp {Pages([.. Enumerable.Repeat("Balance due 12.50", 21)])} \"$out/file.pdf\"", "it wrote too many pages"),
            ($"cp {Pages("Balance due")} \"$out/file.pdf\"", "its pages lack some of the text"),
        })
        {
            await File.WriteAllTextAsync(script, text, Ct);

            var read = await ReadAsync(host, Word(host, $"Balance due 12.50 {++number}"));

            read.ShouldContain($"Balance due 12.50 {number}");
            read.ShouldContain(Note + fault, customMessage: text);
        }
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended_with_its_children()
    {
        var ids = _folder.File("ids");
        var host = Host("auto", $"sleep 600 & echo $$ $! >{ids}; wait", seconds: 5);

        var read = await ReadAsync(host, Word(host, "Balance due 12.50"));

        read.ShouldContain(Note + "it took too long");
        foreach (var id in (await File.ReadAllTextAsync(ids, Ct)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            await GoneAsync(id);
        }
    }

    [Fact]
    public async Task A_program_that_is_missing_is_named_where_it_was_wanted_and_not_where_it_was_optional()
    {
        var (wanted, optional) = (Host("libreoffice", null), Host("auto", null));

        (await ReadAsync(wanted, Word(wanted, "Balance due"))).ShouldContain(Note + "it is not installed");
        (await ReadAsync(optional, Word(optional, "Balance due"))).ShouldBe("Balance due");
    }

    [Fact]
    public async Task A_damaged_file_is_not_shown_to_the_program()
    {
        var seen = _folder.File("seen");
        var host = Host("libreoffice", $"touch {seen}");

        (await host.Reader.InspectAsync(host.Store("PK\u0003\u0004"u8.ToArray(), FileType.Docx), Ct)).Error.ShouldNotBeNull().Code.ShouldBe("document.damaged");
        File.Exists(seen).ShouldBeFalse();
    }

    [Fact]
    public async Task The_real_program_prints_a_workbook()
    {
        Assert.SkipUnless(new OfficeProgram(new OfficePagesOptions { OfficePages = "auto" }).Path is not null, "LibreOffice is not installed.");
        var host = new ReadingHost(new LimitOptions { MaxPages = 20, PageTimeoutSeconds = 60 }, office: new OfficePagesOptions { OfficePages = "libreoffice" });
        _hosts.Add(host);
        var file = host.Store(Workbook("Balance", "due", "12.50"));

        var page = (await host.Reader.ReadTextLayerAsync(file, 1, Ct)).Value.ShouldNotBeNull();

        page.NeedsRecognition.ShouldBeFalse();
        page.Page.Words.Select(static word => word.Text).ShouldBe(["Balance", "due", "12.50"]);
        page.Page.Words.ShouldAllBe(static word => word.Box.Width > 0 && word.Box.Right < 1);
    }

    private static SourceFile Word(ReadingHost host, string text) => host.Store(OfficeFiles.Word(OfficeFiles.Paragraph(text)), FileType.Docx);

    private static async Task<string> ReadAsync(ReadingHost host, SourceFile file) => (await host.Reader.ReadTextLayerAsync(file, 1, Ct)).Value.ShouldNotBeNull().Page.Text;

    private static async Task GoneAsync(string processId)
    {
        while (Directory.Exists($"/proc/{processId}") && !(await File.ReadAllTextAsync($"/proc/{processId}/stat", Ct)).Contains(") Z ", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    /// <summary>A workbook that is one to every program, with a row of cells.</summary>
    private static byte[] Workbook(params IReadOnlyList<string> cells)
    {
        const string package = "http://schemas.openxmlformats.org/package/2006/", office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new[]
            {
                ("[Content_Types].xml", $"""
                    <Types xmlns="{package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                    <Override PartName="/xl/workbook.xml" ContentType="{types}sheet.main+xml"/><Override PartName="/xl/sheet.xml" ContentType="{types}worksheet+xml"/></Types>
                    """),
                ("_rels/.rels", $"<Relationships xmlns=\"{package}relationships\"><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
                ("xl/workbook.xml", $"<workbook xmlns=\"{sheets}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Figures\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>"),
                ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{package}relationships\"><Relationship Id=\"r\" Type=\"{office}/worksheet\" Target=\"sheet.xml\"/></Relationships>"),
                ("xl/sheet.xml", $"<worksheet xmlns=\"{sheets}\"><sheetData><row r=\"1\">{string.Concat(cells.Select(static cell => $"<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"))}</row></sheetData></worksheet>"),
            })
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file.ToArray();
    }

    /// <summary>A PDF file with a page for each text.</summary>
    private string Pages(params IReadOnlyList<string> texts)
    {
        var path = _folder.File(string.Create(CultureInfo.InvariantCulture, $"{Directory.GetFiles(_folder.Path).Length}.pdf"));
        File.WriteAllBytes(path, PdfBuilder.OfPages(texts));
        return path;
    }

    /// <summary>A service with a script in the place of LibreOffice, which is to write into <c>$out</c>; null for one that does not exist.</summary>
    private ReadingHost Host(string pages, string? script, int seconds = 60)
    {
        var program = _folder.File(string.Create(CultureInfo.InvariantCulture, $"office-{_hosts.Count}"));
        if (script is not null)
        {
            File.WriteAllText(program, $"#!/bin/sh\nwhile [ $# -gt 0 ]; do [ \"$1\" = --outdir ] && out=$2; shift; done\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        var host = new ReadingHost(new LimitOptions { MaxPages = 20, PageTimeoutSeconds = seconds }, office: new OfficePagesOptions { OfficePages = pages, OfficeProgram = program });
        _hosts.Add(host);
        return host;
    }
}
