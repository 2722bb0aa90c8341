using Idp.Application.Kernel.Blobs;

namespace Idp.Infrastructure.Kernel.Blobs.FileSystem;

/// <summary>Which file below the root holds which key.</summary>
/// <remarks>
/// A key's segments are folders and a file name. A segment longer than file systems allow goes on in a folder below: <c>abc…~/def…</c>.
/// Keys cannot hold <c>~</c>, so no two keys share a file, and names with <c>~</c> are free for the store's own use.
/// </remarks>
internal sealed class BlobPaths(string root)
{
    private const int LongestName = 200;

    private const char Continues = '~';

    /// <summary>The root's full path.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The path of a key, or of the folder below a key taken as a prefix.</summary>
    /// <exception cref="IOException">A symbolic link stands in the way; following it could lead out of the root.</exception>
    public string PathOf(BlobKey key)
    {
        var path = Root;
        foreach (var name in key.Value.Split('/').SelectMany(NamesOf))
        {
            path = Path.Combine(path, name);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new IOException($"'{path}' is a symbolic link. The storage folder may hold none; remove it.");
            }
        }

        return path;
    }

    /// <summary>The key of a file; null for a file that is no blob.</summary>
    public BlobKey? KeyOf(string path)
    {
        try
        {
            return BlobKey.Of(Path.GetRelativePath(Root, path).Replace($"{Continues}/", "", StringComparison.Ordinal));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> NamesOf(string segment)
    {
        var parts = segment.Chunk(LongestName).ToList();
        return parts.Select((part, index) => new string(part) + (index < parts.Count - 1 ? Continues : ""));
    }
}
