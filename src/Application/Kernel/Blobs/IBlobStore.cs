namespace Idp.Application.Kernel.Blobs;

/// <summary>The name of a blob: segments of letters, digits, <c>. _ -</c>, joined by <c>/</c>; relative, and without a way out of its root.</summary>
public readonly record struct BlobKey
{
    private const int MaximumLength = 512;

    private BlobKey(string value) => Value = value;

    /// <summary>The key as text.</summary>
    public string Value { get; }

    /// <summary>Makes a key.</summary>
    /// <exception cref="ArgumentException">The text is no key: empty, absolute, with <c>..</c> or <c>.</c> as a segment, or with other characters.</exception>
    public static BlobKey Of(string value)
    {
        var valid = value.Length is > 0 and <= MaximumLength
            && value.Split('/').All(static segment => segment.Length > 0 && segment is not ("." or "..") && segment.All(IsAllowed));
        return valid ? new BlobKey(value) : throw new ArgumentException("A blob key is segments of letters, digits, '.', '_' and '-', joined by '/'.", nameof(value));
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';
}

/// <summary>Keeps bytes under keys: originals, page caches, results.</summary>
/// <remarks>
/// Adapters: the file system (S3 later). Each passes <c>BlobStoreContract</c>. Safe to call concurrently; two writers of one key leave
/// one of the two contents, never a mixture.
/// </remarks>
public interface IBlobStore
{
    /// <summary>Writes all of <paramref name="content"/>; durable when this returns, and never visible half-written.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="IOException">The store cannot take it (full, unwritable); the old bytes are still there.</exception>
    Task<long> WriteAsync(BlobKey key, Stream content, CancellationToken ct);

    /// <summary>Opens a blob for reading; null when there is none. The caller disposes the stream.</summary>
    Task<Stream?> OpenReadAsync(BlobKey key, CancellationToken ct);

    /// <summary>True when the blob exists.</summary>
    Task<bool> ExistsAsync(BlobKey key, CancellationToken ct);

    /// <summary>Removes one blob; removing what is not there is no error.</summary>
    Task DeleteAsync(BlobKey key, CancellationToken ct);

    /// <summary>Removes every blob below <c>prefix/</c>; removing nothing is no error.</summary>
    Task DeleteBelowAsync(BlobKey prefix, CancellationToken ct);

    /// <summary>The keys below <c>prefix/</c>, in no particular order.</summary>
    IAsyncEnumerable<BlobKey> ListBelowAsync(BlobKey prefix, CancellationToken ct);
}
