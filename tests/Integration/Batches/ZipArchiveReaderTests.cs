using System.Buffers.Binary;
using Idp.Application.Batches.Ports;
using Idp.Application.Kernel;
using Idp.Infrastructure.Batches.Zip;

namespace Idp.Integration.Batches;

public sealed class ZipArchiveReaderTests : ArchiveReaderContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IArchiveReader Reader => Limited(new LimitOptions());

    [Fact]
    public async Task Nothing_of_an_archive_stays_on_the_disk()
    {
        var archive = Pack(("a.pdf", [1]));
        await foreach (var _ in Reader.ReadAsync(new MemoryStream(archive), Ct))
        {
            Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
        }

        await Should.ThrowAsync<ArchiveException>(() => UnpackAsync([.. "PK\x03\x04"u8, 1, 2, 3]));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_archive_over_the_limit_of_uploads_is_refused()
    {
        var reader = Limited(new LimitOptions { MaxUploadBytes = 1000 });
        var archive = Pack(("a.pdf", System.Security.Cryptography.RandomNumberGenerator.GetBytes(2000)));

        var refusal = await Should.ThrowAsync<ArchiveException>(async () => await reader.ReadAsync(new MemoryStream(archive), Ct).GetAsyncEnumerator(Ct).MoveNextAsync());

        refusal.Error.Code.ShouldBe("document.too-large");
    }

    [Fact]
    public async Task An_archive_that_understates_how_many_files_it_lists_is_refused()
    {
        var archive = Pack([.. Enumerable.Range(0, 70_000).Select(static number => ($"{number}/{new string('x', 40)}.pdf", Array.Empty<byte>()))]);
        var end = archive.AsSpan().LastIndexOf("PK\x05\x06"u8);
        BinaryPrimitives.WriteUInt16LittleEndian(archive.AsSpan(end + 10), 1);

        (await Should.ThrowAsync<ArchiveException>(() => UnpackAsync(archive))).Error.Code.ShouldBe("archive.too-many-files");
    }

    [Fact]
    public async Task A_comment_at_the_end_of_an_archive_does_not_matter()
    {
        var archive = Pack(("a.pdf", [1]));
        var end = archive.AsSpan().LastIndexOf("PK\x05\x06"u8);
        BinaryPrimitives.WriteUInt16LittleEndian(archive.AsSpan(end + 20), 3);

        (await UnpackAsync([.. archive, .. "abc"u8])).ShouldBe([("a.pdf", "01")]);
    }

    [Fact]
    public async Task An_office_document_is_no_archive_to_open()
    {
        var archive = Pack(("[Content_Types].xml", [1]), ("word/document.xml", [1]));

        (await Should.ThrowAsync<ArchiveException>(() => UnpackAsync(archive))).Error.Code.ShouldBe("document.unsupported-type");
    }

    public void Dispose() => _folder.Dispose();

    protected override byte[] Pack(params (string Path, byte[] Content)[] files) => ZipFiles.Pack(files);

    private ZipArchiveReader Limited(LimitOptions limits) => new(new ArchiveOptions { BatchArtifactsDir = _folder.Path }, limits);
}
