using System.Globalization;

namespace Idp.Bench.Workers;

/// <summary>Processor time that processes have used so far, as Linux counts it, in seconds.</summary>
internal static class ProcessorTime
{
    // The kernel reports in hundredths of a second on every machine: USER_HZ, proc(5).
    private const double TicksInASecond = 100;

    /// <summary>Of one process, without those below it.</summary>
    public static double Of(int processId) => Look(processId)?.Own ?? 0;

    /// <summary>Of all processes below one, those that have ended included.</summary>
    public static double Below(int processId)
    {
        var children = All().ToLookup(static each => each.Parent);
        return (Look(processId)?.Ended ?? 0) + Sum(processId);

        double Sum(int id) => children[id].Sum(child => child.Own + child.Ended + Sum(child.Id));
    }

    /// <summary>Of every process of a name, those that they began and that have ended included.</summary>
    public static double OfProgram(string name) => All().Where(each => each.Name == name).Sum(static each => each.Own + each.Ended);

    private static List<Usage> All() =>
    [
        .. new DirectoryInfo("/proc").EnumerateDirectories()
            .Select(static folder => int.TryParse(folder.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Look(id) : null)
            .OfType<Usage>(),
    ];

    private static Usage? Look(int id)
    {
        try
        {
            // "id (name) state parent …": the name may hold blanks; of what follows it, numbers 11 to 14 are the times.
            var line = File.ReadAllText($"/proc/{id}/stat");
            var end = line.LastIndexOf(')');
            var fields = line[(end + 2)..].Split(' ');
            return new Usage(id, Number(fields[1]), line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..end], Seconds(fields[11], fields[12]), Seconds(fields[13], fields[14]));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Seconds(string user, string system) => (Number(user) + Number(system)) / TicksInASecond;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Usage(int Id, int Parent, string Name, double Own, double Ended);
}
