using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Idp.Application.Kernel;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>Tells failures that pass by themselves from others, and says in words of the operator why a bucket cannot be used.</summary>
internal static class S3Failures
{
    /// <summary>True when the service was away, overloaded or cut off, and the same may succeed a little later.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        AmazonServiceException { ErrorCode: "SlowDown" or "RequestTimeout" or "InternalError" or "ServiceUnavailable" or "OperationAborted" } => true,

        // Changed on the way, which the service saw by its digest.
        AmazonServiceException { ErrorCode: "XAmzContentSHA256Mismatch" or "BadDigest" or "IncompleteBody" } => true,
        AmazonServiceException { StatusCode: HttpStatusCode.NotImplemented or HttpStatusCode.InsufficientStorage } => false,
        AmazonServiceException { StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } => true,

        // No answer came at all.
        AmazonServiceException { StatusCode: 0 } => true,
        AmazonServiceException => false,
        AmazonClientException { InnerException: { } inner } => IsPassing(inner),
        HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>True when there is no such object.</summary>
    public static bool IsAbsent(AmazonS3Exception exception) =>
        exception is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" };

    /// <summary>What callers get who cannot wait longer.</summary>
    public static StoreUnavailableException Unavailable(S3Options options, Exception exception) =>
        new($"The S3 service at {options.Endpoint} cannot be reached: {exception.Message}", exception);

    /// <summary>What callers get when the service refuses: an exception whose message an operator can act on.</summary>
    public static IOException Refused(S3Options options, AmazonS3Exception refusal) => new(Explain(options, refusal), refusal);

    /// <summary>What to tell when the bucket cannot be used at start.</summary>
    public static SetupException AtStart(IOException exception) => new(
        exception is StoreUnavailableException ? $"{exception.Message} Start it, or correct S3__ENDPOINT." : exception.Message, exception);

    private static string Explain(S3Options options, AmazonS3Exception refusal) => refusal switch
    {
        { ErrorCode: "InvalidAccessKeyId" } => $"The S3 service at {options.Endpoint} does not know the key. Correct S3__ACCESS_KEY.",
        { ErrorCode: "SignatureDoesNotMatch" } =>
            $"The S3 service at {options.Endpoint} refuses the key's signature. Correct S3__SECRET_KEY, or S3__REGION where the service has several.",
        { ErrorCode: "AuthorizationHeaderMalformed" or "PermanentRedirect" or "IllegalLocationConstraintException" or "InvalidLocationConstraint" } =>
            $"The bucket '{options.Bucket}' is in another region than '{options.Region}'. Correct S3__REGION, and S3__ENDPOINT with it.",
        { ErrorCode: "RequestTimeTooSkewed" } => $"The clocks of this machine and of the S3 service at {options.Endpoint} differ too much. Correct this machine's clock.",
        { ErrorCode: "NoSuchBucket" } => $"The bucket '{options.Bucket}' does not exist. Create it, or correct S3__BUCKET.",
        { ErrorCode: "BucketAlreadyExists" } => $"The bucket '{options.Bucket}' belongs to somebody else. Set S3__BUCKET to another name.",
        { ErrorCode: "QuotaExceeded" or "XMinioStorageFull" } or { StatusCode: HttpStatusCode.InsufficientStorage } =>
            $"The S3 service at {options.Endpoint} is full, or the quota of the bucket '{options.Bucket}' is used up. Make room there.",
        { StatusCode: HttpStatusCode.Forbidden } =>
            $"The key may not use the bucket '{options.Bucket}' ({refusal.ErrorCode}). Allow it to list the bucket and to read, write and delete objects in it.",
        _ => $"The S3 service at {options.Endpoint} refuses: {refusal.Message} ({refusal.ErrorCode})",
    };
}
