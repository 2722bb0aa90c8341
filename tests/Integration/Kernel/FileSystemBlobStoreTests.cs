using Idp.Application.Kernel.Blobs;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.FileSystem;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class FileSystemBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly FileSystemBlobStore _store;

    public FileSystemBlobStoreTests() => _store = StoreAt(_folder.File("root"));

    protected override IBlobStore Store => _store;

    [Fact]
    public async Task A_blob_is_a_plain_file_under_its_key()
    {
        await WriteAsync(BlobKey.Of("ocr_cache/doc_1/full_text.json"), "{}");

        (await File.ReadAllTextAsync(_folder.File("root/ocr_cache/doc_1/full_text.json"), Ct)).ShouldBe("{}");
    }

    [Fact]
    public async Task A_link_out_of_the_root_is_not_followed_by_any_operation()
    {
        Directory.CreateDirectory(_folder.File("outside"));
        await File.WriteAllTextAsync(_folder.File("outside/secret"), "secret", Ct);
        Directory.CreateDirectory(_folder.File("root"));
        Directory.CreateSymbolicLink(_folder.File("root/way-out"), _folder.File("outside"));
        var key = BlobKey.Of("way-out/secret");

        await Should.ThrowAsync<IOException>(() => Store.OpenReadAsync(key, Ct));
        await Should.ThrowAsync<IOException>(() => Store.ExistsAsync(key, Ct));
        await Should.ThrowAsync<IOException>(() => WriteAsync(key, "overwritten"));
        await Should.ThrowAsync<IOException>(() => Store.DeleteAsync(key, Ct));
        await Should.ThrowAsync<IOException>(() => Store.DeleteBelowAsync(BlobKey.Of("way-out"), Ct));
        await Should.ThrowAsync<IOException>(() => ListAsync("way-out"));
        await Should.ThrowAsync<IOException>(() => _store.OpenAsync(key, Ct));

        (await File.ReadAllTextAsync(_folder.File("outside/secret"), Ct)).ShouldBe("secret");
    }

    [Fact]
    public async Task A_file_that_is_a_link_is_not_read()
    {
        await File.WriteAllTextAsync(_folder.File("secret"), "secret", Ct);
        Directory.CreateDirectory(_folder.File("root"));
        File.CreateSymbolicLink(_folder.File("root/link"), _folder.File("secret"));

        await Should.ThrowAsync<IOException>(() => Store.OpenReadAsync(BlobKey.Of("link"), Ct));
    }

    [Fact]
    public async Task Links_below_a_prefix_are_neither_listed_nor_emptied()
    {
        Directory.CreateDirectory(_folder.File("outside"));
        await File.WriteAllTextAsync(_folder.File("outside/secret"), "secret", Ct);
        await WriteAsync(BlobKey.Of("folder/a"), "a");
        Directory.CreateSymbolicLink(_folder.File("root/folder/way-out"), _folder.File("outside"));

        (await ListAsync("folder")).ShouldBe(["folder/a"]);
        await Store.DeleteBelowAsync(BlobKey.Of("folder"), Ct);

        File.Exists(_folder.File("outside/secret")).ShouldBeTrue();
    }

    [Fact]
    public async Task No_temporary_file_stays_behind()
    {
        await WriteAsync(BlobKey.Of("a"), "text");
        await Should.ThrowAsync<EndOfStreamException>(() => Store.WriteAsync(BlobKey.Of("b"), new BreakingStream(), Ct));

        TemporaryFilesLeft().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_crashed_process_left_is_removed_at_start()
    {
        var dead = ProcessIdentity.Current() with { StartTicks = 1 };
        await LeaveAsync(dead, "half a blob");

        await _store.PrepareAsync(Ct);

        TemporaryFilesLeft().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_living_process_is_writing_is_left_alone_at_start()
    {
        var living = ProcessIdentity.Of(1).ShouldNotBeNull();
        await LeaveAsync(living, "half a blob");

        await _store.PrepareAsync(Ct);

        TemporaryFilesLeft().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_another_machine_left_is_removed_after_a_day()
    {
        var elsewhere = new ProcessIdentity("elsewhere", 1, 1);
        await LeaveAsync(elsewhere, "half a blob");
        var folder = Path.GetDirectoryName(TemporaryFilesLeft().Single())!;

        Directory.SetLastWriteTimeUtc(folder, _clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(23));
        await _store.PrepareAsync(Ct);
        TemporaryFilesLeft().ShouldHaveSingleItem();

        Directory.SetLastWriteTimeUtc(folder, _clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(25));
        await _store.PrepareAsync(Ct);
        TemporaryFilesLeft().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_root_that_cannot_be_written_is_told_at_start_with_the_mend()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "in the way", Ct);

        var exception = await Should.ThrowAsync<SetupException>(() => StoreAt(_folder.File("file/root")).PrepareAsync(Ct));

        exception.Message.ShouldContain(_folder.File("file/root"));
        exception.Message.ShouldContain("STORAGE__ROOT");
    }

    [Fact]
    public async Task A_write_to_a_root_that_cannot_be_written_says_so()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "in the way", Ct);
        var store = StoreAt(_folder.File("file/root"));

        var exception = await Should.ThrowAsync<IOException>(() => store.WriteAsync(BlobKey.Of("a"), new MemoryStream([1]), Ct));

        exception.Message.ShouldContain("STORAGE__ROOT");
    }

    [Fact]
    public void A_full_disk_is_told_as_such() => Should.Throw<IOException>(
        () => new StorageRefusals("/data").Explained(() => throw new IOException("No space left on device", 28))).Message.ShouldContain("is full");

    [Fact]
    public void Missing_rights_are_told_as_such() => Should.Throw<IOException>(
        () => new StorageRefusals("/data").Explained(() => throw new UnauthorizedAccessException())).Message.ShouldContain("cannot be written");

    [Fact]
    public async Task A_blob_has_a_local_path()
    {
        await WriteAsync(BlobKey.Of("a/b"), "text");

        await using var local = await _store.OpenAsync(BlobKey.Of("a/b"), Ct);

        (await File.ReadAllTextAsync(local.Path, Ct)).ShouldBe("text");
    }

    [Fact]
    public async Task An_absent_blob_has_none() =>
        await Should.ThrowAsync<FileNotFoundException>(() => _store.OpenAsync(BlobKey.Of("a/b"), Ct));

    public void Dispose() => _folder.Dispose();

    private FileSystemBlobStore StoreAt(string root) => new(new StorageOptions { Root = root }, ProcessIdentity.Current(), _clock);

    private async Task LeaveAsync(ProcessIdentity process, string text)
    {
        var paths = new BlobPaths(_folder.File("root"));
        await File.WriteAllTextAsync(new TemporaryFiles(paths, process, _clock).NextPath(), text, Ct);
    }

    // The store's own files are those whose names no key can have.
    private List<string> TemporaryFilesLeft() => Directory.EnumerateFiles(_folder.File("root"), "*", SearchOption.AllDirectories)
        .Where(path => path.Contains('~'))
        .ToList();
}
