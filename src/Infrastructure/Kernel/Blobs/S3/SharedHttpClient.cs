using Amazon.Runtime;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>The one HTTP client of a connection, which sends a body without asking first.</summary>
/// <remarks>
/// The SDK asks (<c>Expect: 100-continue</c>). Where service and client disagree about who waits for whom, the body's bytes are taken for the next request on the connection; with
/// Ceph 16 that happens now and then.
/// </remarks>
internal sealed class SharedHttpClient : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client = new(new Unasking(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    }))
    {
        // Each request has its own limit.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc />
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc />
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc />
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private sealed class Unasking(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = false;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
