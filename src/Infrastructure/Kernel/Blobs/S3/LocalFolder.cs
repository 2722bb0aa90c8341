using System.Buffers;
using Idp.Infrastructure.Kernel.Blobs.FileSystem;
using Idp.Infrastructure.Kernel.Processes;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>Files of this process alone below <c>S3__CACHE_DIR</c>: uploads on their way and copies of objects. What a crash leaves is removed at the next start.</summary>
internal sealed class LocalFolder(S3Options options, ProcessIdentity process, TimeProvider clock)
{
    private const int BufferLength = 128 * 1024;

    private readonly TemporaryFiles _files = new(new BlobPaths(options.CacheDir), process, clock);
    private readonly StorageRefusals _refusals = new(Path.GetFullPath(options.CacheDir), "S3__CACHE_DIR");

    /// <summary>Checks that the folder takes files, and removes what dead processes left.</summary>
    /// <exception cref="IOException">It does not; the message names the mend.</exception>
    public void Prepare() => _refusals.Explained(() =>
    {
        var probe = _files.NextPath();
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
        _files.RemoveLeftovers();
    });

    /// <summary>Makes a new, empty file.</summary>
    /// <exception cref="IOException">The folder takes none; the message names the mend.</exception>
    public FileStream Create(out string path)
    {
        var next = path = _refusals.Explained(_files.NextPath);

        // Without a buffer, so that the disk's refusal comes with the write and not with the end.
        return _refusals.Explained(() => new FileStream(next, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous));
    }

    /// <summary>Writes bytes to one of the files.</summary>
    /// <exception cref="IOException">The disk refuses; the message names the mend.</exception>
    public ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken ct) => _refusals.ExplainedAsync(file.WriteAsync(bytes, ct));

    /// <summary>Writes all of <paramref name="content"/> to a new file; what the content throws is thrown on, and nothing stays.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">The folder cannot take it; the message names the mend.</exception>
    public async Task<string> SaveAsync(Stream content, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        var file = Create(out var path);
        var isWhole = false;
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                await WriteAsync(file, buffer.AsMemory(0, read), ct);
            }

            isWhole = true;
            return path;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await file.DisposeAsync();
            if (!isWhole)
            {
                Remove(path);
            }
        }
    }

    /// <summary>Removes a file; one that cannot be removed now is removed at the next start.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is of no further use to anybody, and nobody waits for its end.
        }
    }
}
