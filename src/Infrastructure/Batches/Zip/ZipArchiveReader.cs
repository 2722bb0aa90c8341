using System.IO.Compression;
using System.Runtime.CompilerServices;
using Idp.Application.Batches.Ports;
using Idp.Application.Kernel;
using Idp.Domain.Batches;
using Idp.Domain.Documents;

namespace Idp.Infrastructure.Batches.Zip;

/// <summary>Opens ZIP archives from a file beside, because the list of their files stands at their end.</summary>
internal sealed class ZipArchiveReader(ArchiveOptions options, LimitOptions limits) : IArchiveReader
{
    private const int BufferBytes = 64 * 1024;

    private static ReadOnlySpan<byte> LocalHeader => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> EndOfEmptyArchive => "PK\x05\x06"u8;

    /// <inheritdoc />
    public int HeadLength => 4;

    /// <inheritdoc />
    public bool IsArchive(ReadOnlySpan<byte> head) => head.StartsWith(LocalHeader) || head.StartsWith(EndOfEmptyArchive);

    /// <inheritdoc />
    public async IAsyncEnumerable<ArchivedFile> ReadAsync(Stream content, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var file = await SpoolAsync(content, ct);
        await ArchiveDirectory.EnsureBoundedAsync(file, ct);
        await using var archive = await OpenAsync(file, ct);
        if (IsOfficeDocument(archive))
        {
            throw new ArchiveException(DocumentErrors.UnsupportedType());
        }

        foreach (var entry in archive.Entries.Where(IsFile))
        {
            await using var unpacked = new UnpackedStream(entry);
            yield return new ArchivedFile(entry.FullName, unpacked);
        }
    }

    private static async Task<ZipArchive> OpenAsync(FileStream file, CancellationToken ct)
    {
        try
        {
            return await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
        }
        catch (InvalidDataException)
        {
            throw new ArchiveException(BatchErrors.DamagedArchive());
        }
    }

    /// <summary>Not a folder, and not what operating systems put beside the files.</summary>
    private static bool IsFile(ZipArchiveEntry entry) =>
        entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && entry.Name is not (".DS_Store" or "Thumbs.db" or "desktop.ini");

    /// <summary>Office documents are ZIP archives inside; a person who sends one means the document.</summary>
    private static bool IsOfficeDocument(ZipArchive archive) =>
        archive.GetEntry("[Content_Types].xml") is not null || archive.GetEntry("META-INF/manifest.xml") is not null || archive.GetEntry("META-INF/container.xml") is not null;

    private async Task<FileStream> SpoolAsync(Stream content, CancellationToken ct)
    {
        Directory.CreateDirectory(options.BatchArtifactsDir);
        var path = Path.Combine(options.BatchArtifactsDir, Path.GetRandomFileName());
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        try
        {
            // Gone from the folder at once: it lives as long as it is open, and no crash can leave it behind.
            File.Delete(path);
            var buffer = new byte[BufferBytes];
            for (int count; (count = await content.ReadAsync(buffer, ct)) > 0;)
            {
                await file.WriteAsync(buffer.AsMemory(0, count), ct);
                if (file.Length > limits.MaxUploadBytes)
                {
                    throw new ArchiveException(DocumentErrors.TooLarge(limits.MaxUploadBytes));
                }
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
