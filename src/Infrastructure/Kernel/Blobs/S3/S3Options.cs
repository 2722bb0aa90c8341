using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>Which bucket of which S3 service keeps the blobs; section <c>S3</c>, read only with <c>STORAGE__PROVIDER</c> <c>s3</c>.</summary>
public sealed class S3Options : IValidatableObject
{
    private const int ShortestBucketName = 3;
    private const int LongestBucketName = 63;

    /// <summary>The service's address, such as <c>https://s3.eu-central-1.amazonaws.com</c> or <c>http://minio:9000</c>.</summary>
    public string Endpoint { get; init; } = string.Empty;

    /// <summary>The bucket, made at start when it is missing and the key may make it.</summary>
    public string Bucket { get; init; } = string.Empty;

    /// <summary>The name of the key.</summary>
    public string AccessKey { get; init; } = string.Empty;

    /// <summary>The secret of the key; never logged, nor part of any message.</summary>
    public string SecretKey { get; init; } = string.Empty;

    /// <summary>The region that requests are signed for.</summary>
    /// <value>Default <c>us-east-1</c>, which services other than Amazon's take whatever they call themselves.</value>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The folder for copies of originals that are being read, and for uploads on their way; made when missing. Nothing in it is needed after a restart.</summary>
    /// <value>Default <c>artifacts/s3_cache</c>, below the working directory.</value>
    public string CacheDir { get; init; } = "artifacts/s3_cache";

    /// <summary>Most bytes of copies that this process keeps; those in use at the moment are kept in any case.</summary>
    /// <value>Default 2 GiB.</value>
    [Range(0, long.MaxValue)]
    public long CacheMaxBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FaultOfEndpoint() is { } fault)
        {
            yield return new ValidationResult(fault);
        }

        if (!IsBucketName(Bucket))
        {
            yield return new ValidationResult(
                $"S3__BUCKET is '{Bucket}' but must be a bucket's name: 3 to 63 small letters, digits, dots and hyphens, a letter or digit first and last.");
        }

        foreach (var (name, value) in new[]
        {
            ("S3__ACCESS_KEY", AccessKey), ("S3__SECRET_KEY", SecretKey), ("S3__REGION", Region), ("S3__CACHE_DIR", CacheDir),
        })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new ValidationResult($"{name} is empty, but STORAGE__PROVIDER 's3' needs it.");
            }
        }
    }

    private string? FaultOfEndpoint()
    {
        const string Form = "the address of the S3 service, such as https://s3.eu-central-1.amazonaws.com or http://minio:9000";
        if (Endpoint.Length == 0)
        {
            return $"S3__ENDPOINT is empty, but STORAGE__PROVIDER 's3' needs it: {Form}.";
        }

        // What is wrong with it is not repeated: somebody may have put the key into it.
        return Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? null
            : $"S3__ENDPOINT must be {Form}, without a path, a query or a user.";
    }

    private static bool IsBucketName(string name) =>
        name.Length is >= ShortestBucketName and <= LongestBucketName
        && name.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-')
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal);
}
