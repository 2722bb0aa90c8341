using System.Globalization;
using Idp.Infrastructure.Kernel.Processes;

namespace Idp.Infrastructure.Kernel.Blobs.FileSystem;

/// <summary>Names for files on their way into the store or out of it: on the same volume, in a folder of this process alone.</summary>
/// <remarks>What a crash leaves behind is known by its folder's name: that of a process that lives no more.</remarks>
internal sealed class TemporaryFiles(BlobPaths paths, ProcessIdentity process, TimeProvider clock)
{
    // Of processes on other machines nobody here can tell whether they live; no write takes this long.
    private static readonly TimeSpan SurelyAbandoned = TimeSpan.FromDays(1);

    private static long _last;

    private readonly string _all = Path.Combine(paths.Root, "~temporary");

    /// <summary>A path that nothing has and that is given only once.</summary>
    public string NextPath()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_all, process.ToString())).FullName;
        return Path.Combine(folder, Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Removes what dead processes left.</summary>
    public void RemoveLeftovers()
    {
        foreach (var folder in new DirectoryInfo(_all).EnumerateDirectories().Where(IsAbandoned))
        {
            folder.Delete(recursive: true);
        }
    }

    private bool IsAbandoned(DirectoryInfo folder) =>
        (ProcessIdentity.TryParse(folder.Name, out var owner) && owner.IsKnownDead())
        || (owner != process && folder.LastWriteTimeUtc < clock.GetUtcNow() - SurelyAbandoned);
}
