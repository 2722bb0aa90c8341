using System.IO.Compression;
using Idp.Application.Batches.Ports;
using Idp.Domain.Batches;

namespace Idp.Infrastructure.Batches.Zip;

/// <summary>The bytes of one file of an archive, unpacked as they are read; counts what really comes out and stops what grows out of proportion.</summary>
internal sealed class UnpackedStream(ZipArchiveEntry entry) : Stream
{
    /// <summary>Scans and PDFs pack to a twentieth at best; bombs to a thousandth.</summary>
    private const int LargestRatio = 200;

    /// <summary>Small files may pack well without harm.</summary>
    private const long HarmlessBytes = 4 * 1024 * 1024;

    private Stream? _unpacked;
    private long _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (entry.IsEncrypted)
        {
            throw new ArchiveException(BatchErrors.DamagedArchive());
        }

        int count;
        try
        {
            _unpacked ??= await entry.OpenAsync(cancellationToken);
            count = await _unpacked.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new ArchiveException(BatchErrors.DamagedArchive());
        }

        _length += count;
        return _length > HarmlessBytes && _length / LargestRatio > entry.CompressedLength ? throw new ArchiveException(BatchErrors.ArchiveBomb(LargestRatio)) : count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Archives are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_unpacked is not null)
        {
            await _unpacked.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
