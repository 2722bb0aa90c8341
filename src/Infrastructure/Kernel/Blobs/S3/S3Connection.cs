using Amazon.Runtime;
using Amazon.S3;
using Idp.Application.Kernel;
using Polly;
using Polly.Retry;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>Requests to one S3 service, each tried a few times within a bounded time.</summary>
/// <remarks>What comes out of it is the service's answer, <see cref="StoreUnavailableException"/> or <see cref="IOException"/>, never an exception of the SDK.</remarks>
internal sealed class S3Connection : IDisposable
{
    /// <summary>An answer is there in this time, or the service counts as away.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>Nothing is begun again after this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly ResiliencePropertyKey<long> Began = new("began");

    private readonly SharedHttpClient _http = new();
    private readonly AmazonS3Client _client;
    private readonly S3Options _options;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _retrying;

    /// <summary>Makes a connection; nothing is sent yet.</summary>
    public S3Connection(S3Options options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _client = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), ConfigurationOf(options, _http));
        _retrying = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = MayTryAgain,
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(2),
        }).Build();
    }

    /// <summary>Sends a request, and again while the service is away for a moment.</summary>
    /// <param name="send">Sends it; may be called several times.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="longer">How much longer than usual an answer may take.</param>
    /// <exception cref="StoreUnavailableException">The service is away.</exception>
    /// <exception cref="IOException">The service refuses; the message names the mend.</exception>
    public async Task<T> SendAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> send, CancellationToken ct, TimeSpan longer = default)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(Began, _clock.GetTimestamp());
        try
        {
            return await _retrying.ExecuteAsync(
                static async (within, request) => await request.Connection.TryAsync(request.Send, request.Limit, within.CancellationToken),
                context,
                (Connection: this, Send: send, Limit: AnswerLimit + longer));
        }
        catch (AmazonS3Exception exception) when (!S3Failures.IsPassing(exception))
        {
            throw S3Failures.Refused(_options, exception);
        }
        catch (Exception exception) when (S3Failures.IsPassing(exception))
        {
            throw Unavailable(exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>What to throw when the service went away in the middle of an answer.</summary>
    public StoreUnavailableException Unavailable(Exception exception) => S3Failures.Unavailable(_options, exception);

    /// <inheritdoc />
    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    private static AmazonS3Config ConfigurationOf(S3Options options, HttpClientFactory http) => new()
    {
        ServiceURL = options.Endpoint,
        AuthenticationRegion = options.Region,

        // Not every service answers under a name for each bucket, nor knows the newer checksums; uploads are signed with their digest all the same.
        ForcePathStyle = true,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,

        // Trying again and giving up are done here, in a bounded time.
        MaxErrorRetry = 0,
        HttpClientFactory = http,
    };

    private ValueTask<bool> MayTryAgain(RetryPredicateArguments<object> arguments) => ValueTask.FromResult(
        arguments.Outcome.Exception is { } exception
        && S3Failures.IsPassing(exception)
        && _clock.GetElapsedTime(arguments.Context.Properties.GetValue(Began, 0)) < Patience);

    private async Task<T> TryAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> send, TimeSpan limit, CancellationToken ct)
    {
        using var timer = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        try
        {
            return await send(_client, either.Token);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"It did not answer within {limit.TotalSeconds:0} s.", exception);
        }
    }
}
