using System.Security.Cryptography;
using System.Text;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Blobs;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Idp.Integration.Containers;
using Idp.Integration.Faults;

namespace Idp.Integration.Kernel;

public sealed class S3BlobStoreTests(CephServer server) : BlobStoreContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private S3TestStore _node = null!;

    protected override IBlobStore Store => _node.Store;

    public async ValueTask InitializeAsync() => _node = await S3TestStore.CreateAsync(server, _folder.File("cache"), TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        _node?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_blob_is_an_object_under_its_key()
    {
        await WriteAsync(BlobKey.Of("ocr_cache/doc_1/full_text.json"), "{}");

        (await _node.KeysAsync()).ShouldBe(["ocr_cache/doc_1/full_text.json"]);
    }

    [Fact]
    public async Task A_large_content_of_unknown_length_arrives_whole_and_leaves_no_file_behind()
    {
        var bytes = Enumerable.Range(0, 12_000_000).Select(index => (byte)(index % 251)).ToArray();
        var key = BlobKey.Of("documents/doc_1/original");

        (await Store.WriteAsync(key, new DribblingStream(bytes), Ct)).ShouldBe(bytes.Length);

        using var read = new MemoryStream();
        await using (var stream = (await Store.OpenReadAsync(key, Ct)).ShouldNotBeNull())
        {
            await stream.CopyToAsync(read, Ct);
        }

        read.ToArray().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        _node.LocalFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_upload_that_is_cut_off_leaves_nothing_anywhere()
    {
        var key = BlobKey.Of("documents/doc_1/original");
        await Should.ThrowAsync<EndOfStreamException>(() => Store.WriteAsync(key, new DribblingStream(new byte[3_000_000], breaksOff: true), Ct));

        (await Store.ExistsAsync(key, Ct)).ShouldBeFalse();
        (await _node.KeysAsync()).ShouldBeEmpty();
        _node.LocalFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_nodes_that_write_one_key_leave_one_of_their_contents()
    {
        using var other = new S3TestStore(_node.Options, TimeProvider.System);
        var key = BlobKey.Of("content/ocr/1");
        var contents = Enumerable.Range(0, 10).Select(round => new string((char)('a' + round), 200_000)).ToList();

        await Task.WhenAll(contents.Select((text, index) =>
            (index % 2 == 0 ? _node : other).Store.WriteAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(text)), Ct)));

        contents.ShouldContain(await ReadTextAsync(key));
    }

    [Fact]
    public async Task A_list_longer_than_a_page_of_the_service_is_listed_and_removed_to_its_end()
    {
        var keys = Enumerable.Range(0, 1010).Select(index => BlobKey.Of($"many/{index:0000}")).ToList();
        await Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (key, ct) => await Store.WriteAsync(key, Stream.Null, ct));

        (await ListAsync("many")).ShouldBe(keys.Select(key => key.Value));

        await Store.DeleteBelowAsync(BlobKey.Of("many"), Ct);
        (await ListAsync("many")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Objects_of_others_are_no_blobs()
    {
        await _node.PutRawAsync("list/notes of mine.txt", [1], digest: null);
        await WriteAsync(BlobKey.Of("list/a"), "a");

        (await ListAsync("list")).ShouldBe(["list/a"]);
    }

    [Fact]
    public async Task What_others_put_under_a_key_is_read()
    {
        await _node.PutRawAsync("a", "text"u8.ToArray(), digest: null);

        (await ReadTextAsync(BlobKey.Of("a"))).ShouldBe("text");
    }

    [Fact]
    public async Task Bytes_that_are_not_those_that_were_written_are_told_as_damaged()
    {
        await _node.PutRawAsync("a", "text"u8.ToArray(), Convert.ToHexStringLower(SHA256.HashData("test"u8)));

        var exception = await Should.ThrowAsync<IOException>(() => ReadTextAsync(BlobKey.Of("a")));

        exception.ShouldNotBeOfType<StoreUnavailableException>();
        exception.Message.ShouldContain("'a' is damaged");
    }

    [Fact]
    public async Task A_bucket_that_is_there_is_taken_as_it_is()
    {
        await WriteAsync(BlobKey.Of("a"), "text");

        await _node.Store.PrepareAsync(Ct);

        (await ReadTextAsync(BlobKey.Of("a"))).ShouldBe("text");
        (await _node.KeysAsync()).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_bucket_that_is_gone_is_told_with_the_mend()
    {
        await _node.RemoveBucketAsync();

        (await Should.ThrowAsync<IOException>(() => WriteAsync(BlobKey.Of("a"), "text"))).Message.ShouldContain("S3__BUCKET");
        await Should.ThrowAsync<IOException>(() => Store.OpenReadAsync(BlobKey.Of("a"), Ct));
    }

    [Theory]
    [InlineData("somebody", CephServer.SecretKey, "S3__ACCESS_KEY")]
    [InlineData(CephServer.AccessKey, "a wrong secret", "S3__SECRET_KEY")]
    public async Task A_wrong_key_is_told_at_start_and_not_repeated(string accessKey, string secretKey, string setting)
    {
        using var node = new S3TestStore(With(_node.Options.Endpoint, accessKey, secretKey), TimeProvider.System);

        var exception = await Should.ThrowAsync<SetupException>(() => node.Store.PrepareAsync(Ct));

        exception.Message.ShouldContain(setting);
        exception.ToString().ShouldNotContain(secretKey);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_told_at_start()
    {
        using var node = new S3TestStore(With($"http://127.0.0.1:{ServiceProcess.FreePort()}", "key", "secret"), TimeProvider.System);

        (await Should.ThrowAsync<SetupException>(() => node.Store.PrepareAsync(Ct))).Message.ShouldContain("S3__ENDPOINT");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_at_start()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "in the way", Ct);
        var options = new S3Options
        {
            Endpoint = _node.Options.Endpoint, Bucket = _node.Options.Bucket, AccessKey = CephServer.AccessKey, SecretKey = CephServer.SecretKey, CacheDir = _folder.File("file/cache"),
        };
        using var node = new S3TestStore(options, TimeProvider.System);

        (await Should.ThrowAsync<SetupException>(() => node.Store.PrepareAsync(Ct))).Message.ShouldContain("S3__CACHE_DIR");
    }

    private S3Options With(string endpoint, string accessKey, string secretKey) => new()
    {
        Endpoint = endpoint, Bucket = _node.Options.Bucket, AccessKey = accessKey, SecretKey = secretKey, CacheDir = _node.Options.CacheDir,
    };
}

/// <summary>A source that gives its bytes in odd pieces and does not know how many there are; at the end it can break off.</summary>
internal sealed class DribblingStream(byte[] bytes, bool breaksOff = false) : ForwardStream
{
    private int _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == bytes.Length && breaksOff)
        {
            throw new EndOfStreamException("The sender went away.");
        }

        var count = Math.Min(Math.Min(buffer.Length, 50_001), bytes.Length - _position);
        bytes.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return ValueTask.FromResult(count);
    }
}
