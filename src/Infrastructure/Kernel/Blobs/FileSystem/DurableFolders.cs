using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Idp.Infrastructure.Kernel.Blobs.FileSystem;

/// <summary>Makes new, renamed and removed names durable: a file's own flush does not cover the folder that names it.</summary>
internal static partial class DurableFolders
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;

    /// <summary>Makes a folder and those above it where they are missing, durably.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder)!;
        Create(parent);
        Directory.CreateDirectory(folder);
        Flush(parent);
    }

    /// <summary>Waits until the names in a folder are on the disk.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Flush(string folder)
    {
        using var handle = new SafeFileHandle(Open(folder, ReadOnly | CloseOnExec), ownsHandle: true);
        if (!handle.IsInvalid && Synchronize(handle) == 0)
        {
            return;
        }

        var why = Marshal.GetLastPInvokeErrorMessage();
        throw Directory.Exists(folder)
            ? new IOException($"The folder '{folder}' cannot be flushed to the disk: {why}.")
            : new DirectoryNotFoundException($"The folder '{folder}' is gone.");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle handle);
}
