using Idp.Application.Kernel;
using Idp.Application.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Idp.Integration.Kernel;

/// <summary>What is asked again and what is not, of a service that answers with one status after the other.</summary>
public sealed class S3ConnectionTests : IAsyncLifetime
{
    private static readonly BlobKey Key = BlobKey.Of("a");

    private readonly TemporaryFolder _folder = new();
    private readonly Queue<int> _answers = new();
    private WebApplication _service = null!;
    private S3TestStore _node = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _service = builder.Build();
        _service.Run(context =>
        {
            context.Response.StatusCode = _answers.Dequeue();
            return Task.CompletedTask;
        });
        await _service.StartAsync(Ct);
        var options = new S3Options { Endpoint = _service.Urls.Single(), Bucket = "bucket", AccessKey = "key", SecretKey = "secret", CacheDir = _folder.File("cache") };
        _node = new S3TestStore(options, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _node.Dispose();
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    public async Task A_service_that_asks_for_patience_is_asked_again(int status)
    {
        Answer(status, status, StatusCodes.Status404NotFound);

        (await _node.Store.ExistsAsync(Key, Ct)).ShouldBeFalse();

        _answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_final()
    {
        Answer(StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);

        var exception = await Should.ThrowAsync<IOException>(() => _node.Store.ExistsAsync(Key, Ct));

        exception.ShouldNotBeOfType<StoreUnavailableException>();
        exception.Message.ShouldContain("'bucket'");
        _answers.ShouldHaveSingleItem();
    }

    private void Answer(params int[] statuses)
    {
        foreach (var status in statuses)
        {
            _answers.Enqueue(status);
        }
    }
}
