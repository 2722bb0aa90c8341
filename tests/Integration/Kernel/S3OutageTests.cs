using System.Text;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Blobs;
using Idp.Integration.Containers;

namespace Idp.Integration.Kernel;

/// <summary>A service that goes away and comes back.</summary>
[Collection(CephServer.SecondGatewayTests)]
public sealed class S3OutageTests(CephServer server) : IAsyncLifetime
{
    private static readonly BlobKey Key = BlobKey.Of("documents/doc_1/original");

    private readonly TemporaryFolder _folder = new();
    private CephServer.Gateway _gateway = null!;
    private S3TestStore _node = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await server.OpenSecondGatewayAsync();
        _node = new S3TestStore(CephServer.Through(_gateway, await server.NewBucketAsync(_folder.File("cache"))), TimeProvider.System);
        await _node.Store.PrepareAsync(Ct);
        await WriteAsync("before");
    }

    public ValueTask DisposeAsync()
    {
        _node?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact(Timeout = 120_000)]
    public async Task A_service_that_is_away_is_told_as_unavailable_and_used_again_when_it_is_back()
    {
        await _gateway.StopAsync();

        await Task.WhenAll(
            Should.ThrowAsync<StoreUnavailableException>(() => WriteAsync("lost")),
            Should.ThrowAsync<StoreUnavailableException>(() => _node.Store.OpenReadAsync(Key, Ct)),
            Should.ThrowAsync<StoreUnavailableException>(() => _node.Store.ExistsAsync(Key, Ct)),
            Should.ThrowAsync<StoreUnavailableException>(() => _node.Store.DeleteAsync(Key, Ct)),
            Should.ThrowAsync<StoreUnavailableException>(() => _node.Store.DeleteBelowAsync(BlobKey.Of("documents"), Ct)),
            Should.ThrowAsync<StoreUnavailableException>(() => _node.LocalBlobs.OpenAsync(Key, Ct)));

        await _gateway.StartAgainAsync();
        (await ReadAsync()).ShouldBe("before");
        await WriteAsync("after");
        (await ReadAsync()).ShouldBe("after");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_service_that_hangs_is_told_as_unavailable_and_what_was_asked_can_be_cancelled()
    {
        await _gateway.HangAsync();
        using var cancellation = new CancellationTokenSource();
        var cancelled = _node.Store.OpenReadAsync(Key, cancellation.Token);
        var reading = _node.Store.OpenReadAsync(Key, Ct);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        await Should.ThrowAsync<StoreUnavailableException>(() => reading);

        await _gateway.GoOnAsync();
        (await ReadAsync()).ShouldBe("before");
    }

    [Fact(Timeout = 120_000)]
    public async Task An_object_that_is_cut_off_while_it_is_read_is_told_as_unavailable()
    {
        await _node.Store.WriteAsync(Key, new DribblingStream(new byte[30_000_000]), Ct);
        await using var stream = (await _node.Store.OpenReadAsync(Key, Ct)).ShouldNotBeNull();

        await _gateway.StopAsync();

        await Should.ThrowAsync<StoreUnavailableException>(() => stream.CopyToAsync(Stream.Null, Ct));
        await _gateway.StartAgainAsync();
    }

    private Task<long> WriteAsync(string text) => _node.Store.WriteAsync(Key, new MemoryStream(Encoding.UTF8.GetBytes(text)), Ct);

    private async Task<string> ReadAsync()
    {
        await using var stream = (await _node.Store.OpenReadAsync(Key, Ct)).ShouldNotBeNull();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Ct);
    }
}
