using System.Buffers;
using Idp.Application.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Processes;
using Microsoft.Win32.SafeHandles;

namespace Idp.Infrastructure.Kernel.Blobs.FileSystem;

/// <summary>Blobs as files below one folder. A write goes to a temporary file, is flushed, and takes its place by one rename.</summary>
internal sealed class FileSystemBlobStore : IBlobStore, ILocalBlobs, IPreparedAtStart
{
    private const int BufferLength = 128 * 1024;

    private readonly BlobPaths _paths;
    private readonly TemporaryFiles _temporaries;
    private readonly StorageRefusals _refusals;

    /// <summary>Makes a store; nothing is touched yet.</summary>
    public FileSystemBlobStore(StorageOptions options, ProcessIdentity process, TimeProvider clock)
    {
        _paths = new BlobPaths(options.Root);
        _temporaries = new TemporaryFiles(_paths, process, clock);
        _refusals = new StorageRefusals(_paths.Root);
    }

    /// <inheritdoc />
    public async Task PrepareAsync(CancellationToken ct)
    {
        try
        {
            var (probe, _) = await WriteTemporaryAsync(Stream.Null, ct);
            File.Delete(probe);
            _refusals.Explained(_temporaries.RemoveLeftovers);
        }
        catch (IOException exception)
        {
            throw new SetupException(exception.Message, exception);
        }
    }

    /// <inheritdoc />
    public async Task<long> WriteAsync(BlobKey key, Stream content, CancellationToken ct)
    {
        var path = _paths.PathOf(key);
        var (temporary, length) = await WriteTemporaryAsync(content, ct);
        try
        {
            _refusals.Explained(() => Publish(temporary, path));
            return length;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc />
    public Task<Stream?> OpenReadAsync(BlobKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var path = _paths.PathOf(key);
        try
        {
            return Task.FromResult<Stream?>(File.Exists(path)
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferLength, FileOptions.Asynchronous)
                : null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(BlobKey key, CancellationToken ct) => Task.FromResult(File.Exists(_paths.PathOf(key)));

    /// <inheritdoc />
    public Task DeleteAsync(BlobKey key, CancellationToken ct)
    {
        var path = _paths.PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
            DurableFolders.Flush(Path.GetDirectoryName(path)!);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task DeleteBelowAsync(BlobKey prefix, CancellationToken ct)
    {
        var folder = _paths.PathOf(prefix);
        if (!Directory.Exists(folder))
        {
            return Task.CompletedTask;
        }

        // One rename takes all blobs away at once; a writer that meets it makes a new folder.
        var removed = _temporaries.NextPath();
        try
        {
            Directory.Move(folder, removed);
        }
        catch (DirectoryNotFoundException)
        {
            // Someone else was faster.
            return Task.CompletedTask;
        }

        DurableFolders.Flush(Path.GetDirectoryName(folder)!);
        Directory.Delete(removed, recursive: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<BlobKey> ListBelowAsync(BlobKey prefix, CancellationToken ct)
    {
        var folder = _paths.PathOf(prefix);
        return Directory.Exists(folder)
            ? KeysBelow(folder).ToAsyncEnumerable()
            : AsyncEnumerable.Empty<BlobKey>();
    }

    /// <inheritdoc />
    public Task<LocalBlob> OpenAsync(BlobKey key, CancellationToken ct)
    {
        var path = _paths.PathOf(key);
        return File.Exists(path)
            ? Task.FromResult(new LocalBlob(path))
            : throw new FileNotFoundException($"There is no blob '{key}'.", path);
    }

    private static void Publish(string temporary, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var isMoved = false;
        while (!isMoved)
        {
            try
            {
                DurableFolders.Create(folder);
                File.Move(temporary, path, overwrite: true);
                isMoved = true;
                DurableFolders.Flush(folder);
            }
            catch (DirectoryNotFoundException) when (isMoved || File.Exists(temporary))
            {
                // Someone removed the folder in between: with the blob in it, which is then over and done with, or before it came, so once more.
            }
        }
    }

    private IEnumerable<BlobKey> KeysBelow(string folder)
    {
        // Dot files are blobs like others; links are not followed.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(folder, "*", options).Select(_paths.KeyOf).OfType<BlobKey>();
    }

    private async Task<(string Path, long Length)> WriteTemporaryAsync(Stream content, CancellationToken ct)
    {
        var path = _refusals.Explained(_temporaries.NextPath);
        var isWhole = false;
        try
        {
            using var file = _refusals.Explained(
                () => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous));
            var length = await CopyAsync(content, file, ct);
            isWhole = true;
            return (path, length);
        }
        finally
        {
            if (!isWhole)
            {
                File.Delete(path);
            }
        }
    }

    private async Task<long> CopyAsync(Stream content, SafeFileHandle file, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            long length = 0;
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0; length += read)
            {
                await _refusals.ExplainedAsync(RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), length, ct));
            }

            _refusals.Explained(() => RandomAccess.FlushToDisk(file));
            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
