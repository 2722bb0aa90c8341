using System.IO.Compression;

namespace Idp.Integration.Batches;

/// <summary>Makes ZIP archives.</summary>
internal static class ZipFiles
{
    public static byte[] Pack(params (string Path, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var entry = archive.CreateEntry(path).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }
}
