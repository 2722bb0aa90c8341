using System.Text;
using Idp.Application.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>Copies of objects as local files.</summary>
public sealed class S3LocalBlobsTests(CephServer server) : IAsyncLifetime
{
    private static readonly BlobKey Key = BlobKey.Of("documents/doc_1/original");

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private S3TestStore _node = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _node = await S3TestStore.CreateAsync(server, _folder.File("cache"), _clock);

    public ValueTask DisposeAsync()
    {
        _node?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_blob_has_a_local_path_also_while_and_after_others_use_it()
    {
        await WriteAsync(Key, "text");

        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => UseAsync(Key)));

        paths.Distinct().ShouldHaveSingleItem();
        (await UseAsync(Key)).ShouldBe(paths[0]);
        _node.LocalFiles().ShouldBe([paths[0]]);
    }

    [Fact]
    public async Task An_absent_blob_has_none() => await Should.ThrowAsync<FileNotFoundException>(() => _node.LocalBlobs.OpenAsync(Key, Ct));

    [Fact]
    public async Task A_blob_that_was_replaced_is_copied_anew_and_the_old_copy_goes_with_its_last_user()
    {
        await WriteAsync(Key, "old");
        var old = await _node.LocalBlobs.OpenAsync(Key, Ct);
        await WriteAsync(Key, "new");

        await using (var copy = await _node.LocalBlobs.OpenAsync(Key, Ct))
        {
            (await File.ReadAllTextAsync(copy.Path, Ct)).ShouldBe("new");
            (await File.ReadAllTextAsync(old.Path, Ct)).ShouldBe("old");
        }

        await old.DisposeAsync();
        File.Exists(old.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task A_blob_that_this_node_deletes_leaves_no_copy()
    {
        await WriteAsync(Key, "text");
        await UseAsync(Key);

        await _node.Store.DeleteBelowAsync(BlobKey.Of("documents"), Ct);

        _node.LocalFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_blob_that_another_node_deletes_leaves_no_copy_after_an_hour_unused()
    {
        await WriteAsync(Key, "text");
        await UseAsync(Key);
        using var other = new S3TestStore(_node.Options, _clock);
        await other.Store.DeleteAsync(Key, Ct);

        _clock.Advance(LocalCopies.LongestUnused / 2);
        _node.LocalFiles().ShouldHaveSingleItem();
        _clock.Advance(LocalCopies.LongestUnused);

        _node.LocalFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_longest_unused_copies_make_room_and_none_in_use_does()
    {
        using var small = new S3TestStore(With(cacheMaxBytes: 250), _clock);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await WriteAsync(BlobKey.Of(name), new string('x', 100));
        }

        await using var inUse = await small.LocalBlobs.OpenAsync(BlobKey.Of("a"), Ct);
        foreach (var name in new[] { "b", "c" })
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await (await small.LocalBlobs.OpenAsync(BlobKey.Of(name), Ct)).DisposeAsync();
        }

        small.LocalFiles().Count.ShouldBe(2);
        File.Exists(inUse.Path).ShouldBeTrue();
        await using var third = await small.LocalBlobs.OpenAsync(BlobKey.Of("d"), Ct);
        small.LocalFiles().Order().ShouldBe(new[] { inUse.Path, third.Path }.Order());
    }

    [Fact]
    public async Task A_blob_larger_than_the_whole_room_is_there_for_as_long_as_it_is_used()
    {
        using var tiny = new S3TestStore(With(cacheMaxBytes: 0), _clock);
        await WriteAsync(Key, "text");

        var copy = await tiny.LocalBlobs.OpenAsync(Key, Ct);
        (await File.ReadAllTextAsync(copy.Path, Ct)).ShouldBe("text");
        await copy.DisposeAsync();

        tiny.LocalFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copy_that_somebody_removed_is_made_again()
    {
        await WriteAsync(Key, "text");
        File.Delete(await UseAsync(Key));

        await UseAsync(Key);
    }

    [Fact]
    public async Task A_damaged_object_becomes_no_copy()
    {
        await _node.PutRawAsync(Key.Value, "text"u8.ToArray(), new string('0', 64));

        await Should.ThrowAsync<IOException>(() => _node.LocalBlobs.OpenAsync(Key, Ct));

        _node.LocalFiles().ShouldBeEmpty();
    }

    private async Task<string> UseAsync(BlobKey key)
    {
        await using var copy = await _node.LocalBlobs.OpenAsync(key, Ct);
        (await File.ReadAllTextAsync(copy.Path, Ct)).ShouldBe("text");
        return copy.Path;
    }

    private Task<long> WriteAsync(BlobKey key, string text) => _node.Store.WriteAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(text)), Ct);

    private S3Options With(long cacheMaxBytes) => new()
    {
        Endpoint = _node.Options.Endpoint,
        Bucket = _node.Options.Bucket,
        AccessKey = CephServer.AccessKey,
        SecretKey = CephServer.SecretKey,
        CacheDir = _folder.File("small"),
        CacheMaxBytes = cacheMaxBytes,
    };
}
