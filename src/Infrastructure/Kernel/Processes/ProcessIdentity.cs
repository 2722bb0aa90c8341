using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Idp.Infrastructure.Kernel.Processes;

/// <summary>One process on one machine; told from a later process of the same number by when it started.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="ProcessId">The process's number.</param>
/// <param name="StartTicks">When it started, in clock ticks since the machine did.</param>
internal sealed record ProcessIdentity(string Machine, int ProcessId, long StartTicks)
{
    // Of /proc/PID/stat, counted after the command's name, which is in parentheses and may hold anything.
    private const int StateField = 0;
    private const int StartTicksField = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current() =>
        Of(Environment.ProcessId) ?? throw new PlatformNotSupportedException("The list of processes, /proc, is missing.");

    /// <summary>A process of this machine; null when none of that number lives.</summary>
    public static ProcessIdentity? Of(int processId) =>
        FindStartTicks(processId) is { } startTicks ? new ProcessIdentity(Environment.MachineName, processId, startTicks) : null;

    /// <summary>Reads what <see cref="ToString"/> printed.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ProcessIdentity? identity)
    {
        identity = text.Split(':') is [{ Length: > 0 } machine, var processId, var startTicks]
            && int.TryParse(processId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(startTicks, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                ? new ProcessIdentity(machine, number, ticks)
                : null;
        return identity is not null;
    }

    /// <summary>True when this process surely lives no more; false when it lives, or ran on another machine, of which nothing can be said.</summary>
    public bool IsKnownDead() =>
        string.Equals(Machine, Environment.MachineName, StringComparison.Ordinal) && FindStartTicks(ProcessId) != StartTicks;

    /// <summary>True when what is printed belongs to another process that may live.</summary>
    public bool MayLiveBeside(string printed) => TryParse(printed, out var other) && other != this && !other.IsKnownDead();

    /// <summary>Prints as <c>machine:pid:start</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}:{ProcessId}:{StartTicks}");

    private static long? FindStartTicks(int processId)
    {
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        }
        catch (IOException)
        {
            return null;
        }

        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

        // A killed process stays listed until its parent asks for its exit code; it does nothing any more.
        return fields[StateField] is "Z" or "X" ? null : long.Parse(fields[StartTicksField], CultureInfo.InvariantCulture);
    }
}
