using System.Text;
using Idp.Application.Kernel.Blobs;

namespace Idp.Integration.Kernel;

/// <summary>What every blob store promises.</summary>
public abstract class BlobStoreContract
{
    private static readonly BlobKey Key = BlobKey.Of("documents/doc_1/original.bin");

    protected abstract IBlobStore Store { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_is_read_back()
    {
        var bytes = Enumerable.Range(0, 300_000).Select(index => (byte)(index % 251)).ToArray();

        var length = await Store.WriteAsync(Key, new MemoryStream(bytes), Ct);

        length.ShouldBe(bytes.Length);
        (await ReadAsync(Key)).ShouldBe(bytes);
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        (await WriteAsync(Key, "")).ShouldBe(0);

        (await Store.ExistsAsync(Key, Ct)).ShouldBeTrue();
        (await ReadTextAsync(Key)).ShouldBe("");
    }

    [Fact]
    public async Task A_blob_that_was_never_written_is_absent()
    {
        (await Store.ExistsAsync(Key, Ct)).ShouldBeFalse();
        (await Store.OpenReadAsync(Key, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_prefix_of_blobs_is_no_blob()
    {
        await WriteAsync(Key, "text");

        (await Store.OpenReadAsync(BlobKey.Of("documents/doc_1"), Ct)).ShouldBeNull();
        (await Store.ExistsAsync(BlobKey.Of("documents/doc_1"), Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_to_be_found_below_a_blob()
    {
        await WriteAsync(BlobKey.Of("documents/doc_1"), "text");

        (await Store.OpenReadAsync(Key, Ct)).ShouldBeNull();
        (await ListAsync("documents/doc_1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_write_replaces_the_first()
    {
        await WriteAsync(Key, "a rather long first text");
        await WriteAsync(Key, "short");

        (await ReadTextAsync(Key)).ShouldBe("short");
    }

    [Fact]
    public async Task A_reader_keeps_the_bytes_that_it_opened()
    {
        await WriteAsync(Key, "old");
        await using var opened = (await Store.OpenReadAsync(Key, Ct)).ShouldNotBeNull();

        await WriteAsync(Key, "new");

        using var reader = new StreamReader(opened);
        (await reader.ReadToEndAsync(Ct)).ShouldBe("old");
    }

    [Fact]
    public async Task A_write_that_breaks_in_the_middle_leaves_the_old_bytes_and_tells_the_break()
    {
        await WriteAsync(Key, "old");

        var exception = await Should.ThrowAsync<EndOfStreamException>(() => Store.WriteAsync(Key, new BreakingStream(), Ct));

        exception.Message.ShouldBe(BreakingStream.Message);
        (await ReadTextAsync(Key)).ShouldBe("old");
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_the_old_bytes()
    {
        await WriteAsync(Key, "old");
        using var cancellation = new CancellationTokenSource();
        var content = new PausingStream("new"u8.ToArray());
        var writing = Store.WriteAsync(Key, content, cancellation.Token);
        await content.IsBeingRead;

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => writing);
        (await ReadTextAsync(Key)).ShouldBe("old");
    }

    [Fact]
    public async Task A_half_written_blob_is_not_to_be_seen()
    {
        var content = new PausingStream("text"u8.ToArray());
        var writing = Store.WriteAsync(Key, content, Ct);
        await content.IsBeingRead;

        (await Store.ExistsAsync(Key, Ct)).ShouldBeFalse();
        (await ListAsync("documents")).ShouldBeEmpty();

        content.GoOn();
        await writing;
        (await ReadTextAsync(Key)).ShouldBe("text");
    }

    [Fact]
    public async Task Many_writers_of_one_key_leave_one_of_their_contents()
    {
        var contents = Enumerable.Range(0, 16).Select(writer => new string((char)('a' + writer), 50_000)).ToList();

        await Task.WhenAll(contents.Select(content => Task.Run(() => WriteAsync(Key, content), Ct)));

        contents.ShouldContain(await ReadTextAsync(Key));
    }

    [Fact]
    public async Task Keys_in_other_letter_case_are_other_keys()
    {
        await WriteAsync(BlobKey.Of("case/Page"), "upper");
        await WriteAsync(BlobKey.Of("case/page"), "lower");

        (await ReadTextAsync(BlobKey.Of("case/Page"))).ShouldBe("upper");
        (await ListAsync("case")).ShouldBe(["case/Page", "case/page"]);
    }

    [Fact]
    public async Task The_longest_key_works_whatever_its_segments()
    {
        var key = BlobKey.Of("long/" + new string('x', 507));
        var shorter = BlobKey.Of("long/" + new string('x', 506));
        await WriteAsync(key, "long");
        await WriteAsync(shorter, "shorter");

        (await ReadTextAsync(key)).ShouldBe("long");
        (await ReadTextAsync(shorter)).ShouldBe("shorter");
        (await ListAsync("long")).ShouldBe([shorter.Value, key.Value]);
    }

    [Fact]
    public async Task Removing_a_blob_removes_it_alone()
    {
        await WriteAsync(Key, "text");
        await WriteAsync(BlobKey.Of("documents/doc_1/other"), "other");

        await Store.DeleteAsync(Key, Ct);

        (await ListAsync("documents")).ShouldBe(["documents/doc_1/other"]);
    }

    [Fact]
    public async Task Removing_what_is_not_there_is_no_error()
    {
        await Store.DeleteAsync(Key, Ct);
        await Store.DeleteBelowAsync(BlobKey.Of("documents"), Ct);

        (await ListAsync("documents")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Removing_below_a_prefix_spares_its_neighbours()
    {
        await WriteAsync(BlobKey.Of("documents/doc_1/a"), "a");
        await WriteAsync(BlobKey.Of("documents/doc_1/deep/b"), "b");
        await WriteAsync(BlobKey.Of("documents/doc_11/c"), "c");

        await Store.DeleteBelowAsync(BlobKey.Of("documents/doc_1"), Ct);

        (await ListAsync("documents")).ShouldBe(["documents/doc_11/c"]);
    }

    [Fact]
    public async Task Removing_below_a_blob_leaves_the_blob()
    {
        await WriteAsync(Key, "text");

        await Store.DeleteBelowAsync(Key, Ct);

        (await ReadTextAsync(Key)).ShouldBe("text");
    }

    [Fact]
    public async Task Listing_shows_every_depth_and_dotted_names()
    {
        await WriteAsync(BlobKey.Of("list/a"), "a");
        await WriteAsync(BlobKey.Of("list/.hidden/b.json"), "b");

        (await ListAsync("list")).ShouldBe(["list/.hidden/b.json", "list/a"]);
    }

    [Fact]
    public async Task Writing_goes_well_while_the_prefix_is_being_removed()
    {
        var writing = Task.Run(
            async () =>
            {
                for (var round = 0; round < 200; round++)
                {
                    await WriteAsync(BlobKey.Of("busy/folder/a"), "text");
                }
            },
            Ct);
        while (!writing.IsCompleted)
        {
            await Store.DeleteBelowAsync(BlobKey.Of("busy"), Ct);
        }

        await writing;
        (await ListAsync("busy")).Count.ShouldBeLessThanOrEqualTo(1);
    }

    protected Task<long> WriteAsync(BlobKey key, string text) => Store.WriteAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(text)), Ct);

    protected async Task<string> ReadTextAsync(BlobKey key) => Encoding.UTF8.GetString(await ReadAsync(key));

    protected async Task<List<string>> ListAsync(string prefix) =>
        await Store.ListBelowAsync(BlobKey.Of(prefix), Ct).Select(key => key.Value).Order(StringComparer.Ordinal).ToListAsync(Ct);

    private async Task<byte[]> ReadAsync(BlobKey key)
    {
        await using var stream = (await Store.OpenReadAsync(key, Ct)).ShouldNotBeNull();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Ct);
        return bytes.ToArray();
    }
}
