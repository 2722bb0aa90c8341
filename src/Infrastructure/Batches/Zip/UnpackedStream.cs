using System.IO.Compression;
using Idp.Application.Batches.Ports;
using Idp.Application.Kernel.Streams;
using Idp.Domain.Batches;

namespace Idp.Infrastructure.Batches.Zip;

/// <summary>The bytes of one file of an archive, unpacked as they are read; counts what really comes out and stops what grows out of proportion.</summary>
internal sealed class UnpackedStream(ZipArchiveEntry entry) : ForwardStream
{
    /// <summary>Scans and PDFs pack to a twentieth at best; bombs to a thousandth.</summary>
    private const int LargestRatio = 200;

    /// <summary>Small files may pack well without harm.</summary>
    private const long HarmlessBytes = 4 * 1024 * 1024;

    private Stream? _unpacked;
    private long _length;

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

    public override async ValueTask DisposeAsync()
    {
        if (_unpacked is not null)
        {
            await _unpacked.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
