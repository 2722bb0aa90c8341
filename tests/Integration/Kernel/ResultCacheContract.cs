using System.Text;
using System.Text.Json;
using Idp.Application.Documents;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>What every result cache promises.</summary>
public abstract class ResultCacheContract
{
    private static readonly BlobKey Key = BlobKey.Of("page_data/doc_1/page_1.json");
    private static readonly Fingerprint Current = Fingerprint.Of(("engine", "2"));
    private static readonly Fingerprint Outdated = Fingerprint.Of(("engine", "1"));
    private static readonly Error Refusal = new(ErrorKind.Invalid, "page.damaged", "The page is damaged.");

    protected abstract IResultCache Cache { get; }

    /// <summary>Where the cache keeps its entries.</summary>
    protected abstract IBlobStore Blobs { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stored_value_is_found_under_its_fingerprint()
    {
        await StoreAsync(PageOf("größer als 3 € \"quoted\" \\ 日本"));

        (await FindAsync(Current)).ShouldBe(PageOf("größer als 3 € \"quoted\" \\ 日本"));
    }

    [Fact]
    public async Task An_absent_entry_is_absent() => (await FindAsync(Current)).ShouldBeNull();

    [Fact]
    public async Task An_entry_of_another_fingerprint_is_never_served()
    {
        await Cache.StoreAsync(Key, Outdated, PageOf("old"), PageJson.Default.Page, Ct);

        (await FindAsync(Current)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_asks_for_no_fingerprint_takes_any()
    {
        await Cache.StoreAsync(Key, Outdated, PageOf("old"), PageJson.Default.Page, Ct);

        (await FindAsync(null)).ShouldBe(PageOf("old"));
    }

    [Fact]
    public async Task A_new_entry_replaces_the_old()
    {
        await Cache.StoreAsync(Key, Outdated, PageOf("old"), PageJson.Default.Page, Ct);
        await StoreAsync(PageOf("new"));

        (await FindAsync(Current)).ShouldBe(PageOf("new"));
        (await FindAsync(Outdated)).ShouldBeNull();
    }

    [Fact]
    public async Task An_entry_has_the_form_of_the_contract()
    {
        await StoreAsync(PageOf("text"));

        using var entry = JsonDocument.Parse(await ReadEntryAsync());

        entry.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(["fingerprint", "checksum", "created_at", "payload"]);
        entry.RootElement.GetProperty("fingerprint").GetString().ShouldBe(Current.Value);
        entry.RootElement.GetProperty("payload").GetProperty("text").GetString().ShouldBe("text");
    }

    [Fact]
    public async Task An_entry_with_any_byte_of_its_payload_changed_counts_as_absent()
    {
        await StoreAsync(PageOf("12"));
        var entry = await ReadEntryAsync();
        var start = Encoding.UTF8.GetString(entry).IndexOf("\"payload\":", StringComparison.Ordinal) + "\"payload\":".Length;

        for (var position = start; position < entry.Length - 1; position++)
        {
            var damaged = (byte[])entry.Clone();
            damaged[position] ^= 1;
            await WriteEntryAsync(damaged);
            (await FindAsync(Current)).ShouldBeNull($"byte {position}");
        }
    }

    [Fact]
    public async Task An_entry_cut_off_anywhere_counts_as_absent()
    {
        await StoreAsync(PageOf("text"));
        var entry = await ReadEntryAsync();

        for (var length = 0; length < entry.Length; length += 3)
        {
            await WriteEntryAsync(entry[..length]);
            (await FindAsync(null)).ShouldBeNull($"{length} bytes");
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"fingerprint":1,"checksum":{},"payload":[]}""")]
    public async Task Anything_else_under_the_key_counts_as_absent(string text)
    {
        await WriteEntryAsync(Encoding.UTF8.GetBytes(text));

        (await FindAsync(null)).ShouldBeNull();
    }

    [Fact]
    public async Task A_payload_of_another_shape_counts_as_absent()
    {
        await Cache.StoreAsync(Key, Current, PageOf("text").Words[0], PageJson.Default.Word, Ct);

        (await FindAsync(Current)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_made_is_kept()
    {
        (await GetOrCreateAsync(_ => Succeed("made"))).Value.ShouldBe(PageOf("made"));

        (await GetOrCreateAsync(_ => Succeed("made again"))).Value.ShouldBe(PageOf("made"));
    }

    [Fact]
    public async Task A_failure_is_answered_and_not_kept()
    {
        (await GetOrCreateAsync(_ => Task.FromResult(Result<Page>.Fail(Refusal)))).Error.ShouldBe(Refusal);

        (await GetOrCreateAsync(_ => Succeed("made"))).Value.ShouldBe(PageOf("made"));
    }

    [Fact]
    public async Task Callers_at_the_same_time_wait_for_one_computation()
    {
        var gate = new TaskCompletionSource();
        var computations = 0;
        var callers = Enumerable.Range(0, 20).Select(_ => GetOrCreateAsync(async _ =>
        {
            Interlocked.Increment(ref computations);
            await gate.Task;
            return PageOf("made");
        })).ToList();

        gate.SetResult();
        var results = await Task.WhenAll(callers);

        computations.ShouldBe(1);
        results.ShouldAllBe(result => result.Value == PageOf("made"));
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_a_failure()
    {
        var gate = new TaskCompletionSource<Result<Page>>();
        var started = new TaskCompletionSource();
        var first = GetOrCreateAsync(_ =>
        {
            started.SetResult();
            return gate.Task;
        });
        await started.Task;
        var second = GetOrCreateAsync(_ => Succeed("not asked for"));

        gate.SetResult(Refusal);

        (await first).Error.ShouldBe(Refusal);
        (await second).Error.ShouldBe(Refusal);
    }

    [Fact]
    public async Task When_the_one_that_computes_is_cancelled_the_next_takes_over()
    {
        using var cancellation = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var first = GetOrCreateAsync(
            async ct =>
            {
                started.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
                return PageOf("never");
            },
            cancellation.Token);
        await started.Task;
        var second = GetOrCreateAsync(_ => Succeed("taken over"));

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).Value.ShouldBe(PageOf("taken over"));
    }

    [Fact]
    public async Task One_that_only_waits_can_be_cancelled_without_harm()
    {
        using var cancellation = new CancellationTokenSource();
        var gate = new TaskCompletionSource<Result<Page>>();
        var started = new TaskCompletionSource();
        var first = GetOrCreateAsync(_ =>
        {
            started.SetResult();
            return gate.Task;
        });
        await started.Task;
        var second = GetOrCreateAsync(_ => Succeed("not asked for"), cancellation.Token);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        gate.SetResult(PageOf("made"));

        (await first).Value.ShouldBe(PageOf("made"));
    }

    [Fact]
    public async Task An_exception_is_the_callers_own_and_the_next_takes_over()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => GetOrCreateAsync(_ => throw new InvalidOperationException("a bug")));

        (await GetOrCreateAsync(_ => Succeed("made"))).Value.ShouldBe(PageOf("made"));
    }

    [Fact]
    public async Task Other_fingerprints_do_not_wait_for_each_other()
    {
        var gate = new TaskCompletionSource<Result<Page>>();
        var slow = Cache.GetOrCreateAsync(Key, Outdated, PageJson.Default.Page, _ => gate.Task, Ct);

        (await GetOrCreateAsync(_ => Succeed("made"))).Value.ShouldBe(PageOf("made"));

        gate.SetResult(Refusal);
        await slow;
    }

    private static Task<Result<Page>> Succeed(string text) => Task.FromResult<Result<Page>>(PageOf(text));

    private static Page PageOf(string text) => new(
        1, new PageSize(612, 792), 0, PageSource.Ocr, false, [new Word("word", new Box(0.1, 0.2, 0.3, 0.04), new Confidence(0.9))], text);

    private Task<Page?> FindAsync(Fingerprint? fingerprint) => Cache.FindAsync(Key, fingerprint, PageJson.Default.Page, Ct);

    private Task StoreAsync(Page page) => Cache.StoreAsync(Key, Current, page, PageJson.Default.Page, Ct);

    private Task<Result<Page>> GetOrCreateAsync(Func<CancellationToken, Task<Result<Page>>> create, CancellationToken? ct = null) =>
        Cache.GetOrCreateAsync(Key, Current, PageJson.Default.Page, create, ct ?? Ct);

    private async Task<byte[]> ReadEntryAsync()
    {
        await using var stream = (await Blobs.OpenReadAsync(Key, Ct)).ShouldNotBeNull();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Ct);
        return bytes.ToArray();
    }

    private Task<long> WriteEntryAsync(byte[] bytes) => Blobs.WriteAsync(Key, new MemoryStream(bytes), Ct);
}
