using System.Globalization;

namespace Idp.Bench.Batches;

/// <summary>How much memory is resident, in MiB. Pages that processes share count in each of them, so that the sum is at most too large.</summary>
/// <param name="Service">Of the service itself.</param>
/// <param name="Children">Of the processes below it, together.</param>
internal sealed record Residence(double Service, double Children)
{
    /// <summary>All together.</summary>
    public double Sum => Service + Children;
}

/// <summary>Looks again and again at the memory of a process and of all below it, as Linux tells it.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private const double Kibi = 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly List<Residence> _seen = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    /// <summary>Begins to look.</summary>
    /// <param name="processId">The process.</param>
    public MemoryWatch(int processId) => _watching = WatchAsync(processId);

    /// <summary>What was seen, in order; complete after <see cref="DisposeAsync"/>.</summary>
    public IReadOnlyList<Residence> Seen => _seen;

    /// <summary>Looks once.</summary>
    public static Residence Look(int processId)
    {
        var parents = ProcessIds().Select(static id => (Id: id, Parent: Field(id, "PPid"))).ToLookup(static each => each.Parent, static each => each.Id);
        return new Residence(Resident(processId), Below(processId).Sum(Resident));

        IEnumerable<int> Below(int id) => parents[id].SelectMany(child => Below(child).Append(child));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(int processId)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            _seen.Add(Look(processId));
        }
    }

    private static IEnumerable<int> ProcessIds() => new DirectoryInfo("/proc").EnumerateDirectories()
        .Select(static folder => int.TryParse(folder.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(static id => id > 0);

    private static double Resident(int id) => Field(id, "VmRSS") / Kibi;

    /// <summary>A number of a process's status; 0 when the process is gone.</summary>
    private static int Field(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
            return line is null ? 0 : int.Parse(line[(name.Length + 1)..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
