using System.Buffers.Binary;
using Idp.Application.Batches.Ports;
using Idp.Domain.Batches;

namespace Idp.Infrastructure.Batches.Zip;

/// <summary>
/// Looks at the end of an archive before it is opened, because opening reads the whole list of its files into memory, however long it is. Offsets are those of the
/// "end of central directory record" in section 4.3.16 of PKWARE's APPNOTE.TXT, version 6.3.10.
/// </summary>
internal static class ArchiveDirectory
{
    private const int MostEntries = 10_000;

    /// <summary>An entry takes 46 bytes and its name.</summary>
    private const int MostDirectoryBytes = 4 * 1024 * 1024;

    private const int EndRecordBytes = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int EntryCountOffset = 10;
    private const int DirectoryStartOffset = 16;

    private static ReadOnlySpan<byte> EndRecord => "PK\x05\x06"u8;

    /// <summary>Refuses an archive whose list of files is too long, or stands nowhere; leaves the position at the beginning.</summary>
    /// <exception cref="ArchiveException">It is refused.</exception>
    public static async Task EnsureBoundedAsync(FileStream archive, CancellationToken ct)
    {
        var tail = new byte[Math.Min(archive.Length, EndRecordBytes + LongestComment)];
        archive.Position = archive.Length - tail.Length;
        await archive.ReadExactlyAsync(tail, ct);
        archive.Position = 0;

        var end = tail.AsSpan().LastIndexOf(EndRecord);
        if (end < 0 || tail.Length - end < EndRecordBytes)
        {
            throw new ArchiveException(BatchErrors.DamagedArchive());
        }

        // Lists that need the 64-bit record have all bits set here: they hold more than is looked at, or begin beyond 4 GiB.
        var record = tail.AsSpan(end);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(record[EntryCountOffset..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(record[DirectoryStartOffset..]);
        var length = archive.Length - tail.Length + end - start;
        if (entries > MostEntries || start == uint.MaxValue || length > MostDirectoryBytes)
        {
            throw new ArchiveException(BatchErrors.TooManyArchivedFiles(MostEntries));
        }
    }
}
