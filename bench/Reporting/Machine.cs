using System.Runtime.InteropServices;

namespace Idp.Bench.Reporting;

/// <summary>Where and when figures were taken.</summary>
internal static class Machine
{
    /// <summary>One line: date, cores, memory, load, system, runtime.</summary>
    public static string Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        return FormattableString.Invariant(
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {memory} GiB, load {load} at the start, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}\n");
    }
}
