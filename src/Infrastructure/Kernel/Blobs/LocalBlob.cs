namespace Idp.Infrastructure.Kernel.Blobs;

/// <summary>A blob's bytes as a local file, for as long as this is not disposed.</summary>
/// <param name="path">The file's full path; its content must not be changed.</param>
/// <param name="release">What to do when it is needed no more; null for nothing.</param>
public sealed class LocalBlob(string path, Func<ValueTask>? release = null) : IAsyncDisposable
{
    /// <summary>The file's full path.</summary>
    public string Path => path;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => release?.Invoke() ?? ValueTask.CompletedTask;
}
