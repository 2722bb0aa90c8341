using System.Buffers;
using System.Security.Cryptography;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>
/// A content of unknown length, read to its end: in memory when it is short, in a file when it is not. So its length and digest are known before it is sent, it can be sent
/// again, and a source that breaks off never reaches the service.
/// </summary>
internal sealed class SpooledContent : IDisposable
{
    private const int BufferLength = 128 * 1024;
    private const int MostInMemory = 1024 * 1024;

    private readonly MemoryStream _memory = new();
    private readonly LocalFolder _folder;
    private string? _path;

    private SpooledContent(LocalFolder folder) => _folder = folder;

    /// <summary>How many bytes there are.</summary>
    public long Length { get; private set; }

    /// <summary>The SHA-256 digest in small hexadecimal digits.</summary>
    public string Digest { get; private set; } = string.Empty;

    /// <summary>Reads all of <paramref name="content"/>; what it throws is thrown on.</summary>
    /// <exception cref="IOException">The folder cannot take it; the message names the mend.</exception>
    public static async Task<SpooledContent> ReadAsync(Stream content, LocalFolder folder, CancellationToken ct)
    {
        var spooled = new SpooledContent(folder);
        try
        {
            await spooled.FillAsync(content, ct);
            return spooled;
        }
        catch
        {
            spooled.Dispose();
            throw;
        }
    }

    /// <summary>A stream of its own from the first byte, for one try of sending it.</summary>
    public Stream Open() => _path is null
        ? new MemoryStream(_memory.GetBuffer(), 0, (int)_memory.Length, writable: false)
        : new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferLength, FileOptions.Asynchronous);

    /// <inheritdoc />
    public void Dispose()
    {
        _memory.Dispose();
        if (_path is not null)
        {
            LocalFolder.Remove(_path);
        }
    }

    private async Task FillAsync(Stream content, CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        FileStream? file = null;
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0; Length += read)
            {
                digest.AppendData(buffer, 0, read);
                if (file is null && Length + read > MostInMemory)
                {
                    file = _folder.Create(out _path);
                    await _folder.WriteAsync(file, _memory.GetBuffer().AsMemory(0, (int)_memory.Length), ct);
                    _memory.SetLength(0);
                    _memory.Capacity = 0;
                }

                if (file is null)
                {
                    await _memory.WriteAsync(buffer.AsMemory(0, read), ct);
                }
                else
                {
                    await _folder.WriteAsync(file, buffer.AsMemory(0, read), ct);
                }
            }

            Digest = Convert.ToHexStringLower(digest.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (file is not null)
            {
                await file.DisposeAsync();
            }
        }
    }
}
