using Idp.Application.Batches.Ports;

namespace Idp.Integration.Batches;

/// <summary>What every reader of archives promises.</summary>
public abstract class ArchiveReaderContract
{
    protected abstract IArchiveReader Reader { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An archive of these files, made as usual programs make them.</summary>
    protected abstract byte[] Pack(params (string Path, byte[] Content)[] files);

    [Fact]
    public async Task Files_come_out_with_their_paths_and_bytes()
    {
        var archive = Pack(("a.pdf", [1, 2, 3]), ("2024/März.pdf", [4]), ("empty.pdf", []));

        (await UnpackAsync(archive)).ShouldBe([("a.pdf", "010203"), ("2024/März.pdf", "04"), ("empty.pdf", "")]);
    }

    [Fact]
    public async Task What_operating_systems_add_and_folders_are_left_out()
    {
        var archive = Pack(("folder/", []), ("__MACOSX/._a.pdf", [1]), ("folder/.DS_Store", [1]), ("folder/a.pdf", [2]));

        (await UnpackAsync(archive)).ShouldBe([("folder/a.pdf", "02")]);
    }

    [Fact]
    public void An_archive_is_known_by_its_first_bytes()
    {
        Reader.IsArchive(Pack(("a.pdf", [1])).AsSpan(0, Reader.HeadLength)).ShouldBeTrue();
        Reader.IsArchive("%PDF"u8).ShouldBeFalse();
        Reader.IsArchive([]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_archive_is_refused()
    {
        var archive = Pack(("a.pdf", new byte[1000]));

        (await Should.ThrowAsync<ArchiveException>(() => UnpackAsync(archive[..(archive.Length / 2)]))).Error.Code.ShouldBe("archive.damaged");
    }

    [Fact]
    public async Task A_file_that_grows_out_of_proportion_is_stopped()
    {
        var archive = Pack(("bomb.pdf", new byte[64 * 1024 * 1024]));

        archive.Length.ShouldBeLessThan(100_000);
        (await Should.ThrowAsync<ArchiveException>(() => UnpackAsync(archive))).Error.Code.ShouldBe("archive.suspicious-ratio");
    }

    [Fact]
    public async Task An_archive_that_lists_too_many_files_is_refused_and_not_cut_short()
    {
        var most = Pack([.. Enumerable.Range(0, 10_000).Select(static number => ($"{number}.pdf", Array.Empty<byte>()))]);
        var tooMany = Pack([.. Enumerable.Range(0, 10_001).Select(static number => ($"{number}.pdf", Array.Empty<byte>()))]);

        (await UnpackAsync(most)).Count.ShouldBe(10_000);
        (await Should.ThrowAsync<ArchiveException>(() => UnpackAsync(tooMany))).Error.Code.ShouldBe("archive.too-many-files");
    }

    [Fact]
    public async Task A_file_is_readable_whole_although_the_one_before_was_not_read()
    {
        var archive = Pack(("a.pdf", new byte[5000]), ("b.pdf", [7]));
        var paths = new List<string>();

        await foreach (var file in Reader.ReadAsync(new MemoryStream(archive), Ct))
        {
            paths.Add(file.Path);
        }

        paths.ShouldBe(["a.pdf", "b.pdf"]);
    }

    protected async Task<List<(string Path, string Content)>> UnpackAsync(byte[] archive)
    {
        var files = new List<(string, string)>();
        await foreach (var file in Reader.ReadAsync(new MemoryStream(archive), Ct))
        {
            using var content = new MemoryStream();
            await file.Content.CopyToAsync(content, Ct);
            files.Add((file.Path, Convert.ToHexStringLower(content.ToArray())));
        }

        return files;
    }
}
