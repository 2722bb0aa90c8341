using System.Net;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;

namespace Idp.Integration.Faults;

/// <summary>The real service with its blobs on S3.</summary>
[Collection(CephServer.SecondGatewayTests)]
public sealed class S3FaultTests(CephServer server) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private CephServer.Gateway _gateway = null!;
    private S3TestStore _bucket = null!;
    private ServiceProcess _service = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await server.OpenSecondGatewayAsync();
        var options = await server.NewBucketAsync(_folder.File("test"));
        _bucket = new S3TestStore(options, TimeProvider.System);
        _service = new ServiceProcess(_folder.Path, SettingsOf(CephServer.Through(_gateway, options)));
        await _service.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _bucket?.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 240_000)]
    public async Task A_document_lives_in_the_bucket_from_its_upload_to_its_end()
    {
        var id = await UploadAsync();
        (await _service.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("completed");
        (await _service.GetAsync($"/v1/documents/{id}/result", Ct)).GetProperty("accounts").GetArrayLength().ShouldBe(3);
        (await KeysOfAsync(id)).ShouldContain($"documents/{id}/original");
        (await KeysOfAsync(id)).ShouldContain($"ocr_cache/{id}/full_text.json");
        Directory.Exists(Path.Combine(_folder.Path, "blobs")).ShouldBeFalse();

        using var response = await _service.Http.DeleteAsync(new Uri($"/v1/documents/{id}", UriKind.Relative), Ct);

        response.IsSuccessStatusCode.ShouldBeTrue();
        (await KeysOfAsync(id)).ShouldBeEmpty();
        _service.Log.ShouldAllBe(line => !line.Contains(CephServer.SecretKey, StringComparison.Ordinal));
    }

    [Fact(Timeout = 240_000)]
    public async Task A_document_is_finished_by_itself_after_its_bucket_was_away_in_the_middle_of_it()
    {
        var id = await UploadAsync();
        await UntilAsync(async () => (await StatusOfAsync(id)) == "processing");

        await _gateway.StopAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(SamplePacket.Path, Ct)), "file", "packet.pdf" } };
        using var refused = await _service.Http.PostAsync(new Uri("/v1/documents", UriKind.Relative), form, Ct);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusOfAsync(id)).ShouldBe("processing");

        await _gateway.StartAgainAsync();
        (await _service.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("completed");
        (await _service.GetAsync($"/v1/documents/{id}", Ct)).GetProperty("problems").GetArrayLength().ShouldBe(0);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    private Dictionary<string, string> SettingsOf(S3Options options) => new()
    {
        ["STORAGE__PROVIDER"] = "s3",
        ["S3__ENDPOINT"] = options.Endpoint,
        ["S3__BUCKET"] = options.Bucket,
        ["S3__ACCESS_KEY"] = options.AccessKey,
        ["S3__SECRET_KEY"] = options.SecretKey,
        ["S3__CACHE_DIR"] = _folder.File("cache"),
    };

    private async Task<string> UploadAsync() => await _service.UploadAsync(await File.ReadAllBytesAsync(SamplePacket.Path, Ct), "packet.pdf", Ct);

    private async Task<string?> StatusOfAsync(string id) => (await _service.GetAsync($"/v1/documents/{id}", Ct)).GetProperty("status").GetString();

    private async Task<List<string>> KeysOfAsync(string id) => [.. (await _bucket.KeysAsync()).Where(key => key.Contains(id, StringComparison.Ordinal))];
}
