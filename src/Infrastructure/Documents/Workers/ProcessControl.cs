using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>What the operating system must do for workers and .NET has no call for.</summary>
internal static partial class ProcessControl
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int DuplicateCloseOnExec = 1030;
    private const int LimitCoreFile = 4;
    private const int LimitAddressSpace = 9;
    private const int SignalKill = 9;

    /// <summary>Takes the standard streams for frames, so that neither library nor tool can write among them, nor hold them open.</summary>
    public static (FileStream Input, FileStream Output) TakeStandardStreams()
    {
        var input = Take(StandardInput, FileAccess.Read);
        var output = Take(StandardOutput, FileAccess.Write);
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read);
        _ = Duplicate(nothing.DangerousGetHandle().ToInt32(), StandardInput);
        _ = Duplicate(StandardError, StandardOutput);
        return (input, output);
    }

    /// <summary>Makes this process the head of a group of its own, which its tools join: one signal reaches them all.</summary>
    public static void LeadOwnGroup() => _ = SetProcessGroup(0, 0);

    /// <summary>Ends this process and all its tools, now.</summary>
    public static void KillOwnGroup() => _ = Kill(0, SignalKill);

    /// <summary>Ends a worker and all its tools, now. A worker that has not come so far as to lead a group is ended alone.</summary>
    public static void KillGroup(int processId)
    {
        if (Kill(-processId, SignalKill) != 0)
        {
            _ = Kill(processId, SignalKill);
        }
    }

    /// <summary>
    /// Limits this process: no core files, and no more address space than it has now and <paramref name="bytes"/> besides. The runtime reserves
    /// its own heap at start (bounded by <c>DOTNET_GCHeapHardLimit</c>), so what counts from here on is what libraries and mappings take.
    /// </summary>
    public static void LimitAddressSpaceTo(long bytes)
    {
        _ = SetLimit(LimitCoreFile, new Limit(0, 0));
        var total = (ulong)(ReservedBytes() + bytes);
        if (SetLimit(LimitAddressSpace, new Limit(total, total)) != 0)
        {
            throw new InvalidOperationException("The operating system refuses the limit on address space.");
        }
    }

    private static long ReservedBytes()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    private static FileStream Take(int descriptor, FileAccess access)
    {
        var copy = Control(descriptor, DuplicateCloseOnExec, 3);
        return copy < 0
            ? throw new InvalidOperationException("The standard streams are not open.")
            : new FileStream(new SafeFileHandle(copy, ownsHandle: true), access, bufferSize: 1);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
