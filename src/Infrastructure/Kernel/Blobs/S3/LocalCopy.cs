using Idp.Application.Kernel.Blobs;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>One content of an object as a file; its state belongs to <see cref="LocalCopies"/>, but for the filling.</summary>
internal sealed class LocalCopy(BlobKey key, ObjectVersion version) : IDisposable
{
    private readonly SemaphoreSlim _filling = new(1, 1);

    /// <summary>Whose content it is.</summary>
    public BlobKey Key => key;

    /// <summary>Which content it is.</summary>
    public ObjectVersion Version => version;

    /// <summary>The file; null until it is whole.</summary>
    public string? Path { get; private set; }

    /// <summary>How many use it at the moment.</summary>
    public int Users { get; set; }

    /// <summary>When it was given back last.</summary>
    public DateTimeOffset UsedAt { get; set; }

    /// <summary>True when nobody is given it any more; it goes with its last user.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Makes the file unless it is there. Callers at the same time wait for one of them; when that one fails, the next tries.</summary>
    /// <param name="fill">Makes it and answers its path.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The path.</returns>
    public async Task<string> FillAsync(Func<CancellationToken, Task<string>> fill, CancellationToken ct)
    {
        await _filling.WaitAsync(ct);
        try
        {
            // Whoever cleans up temporary folders may have taken the file.
            return File.Exists(Path) ? Path : Path = await fill(ct);
        }
        finally
        {
            _filling.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _filling.Dispose();
}
