using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Kernel.Work;

/// <summary>Measures the queue and the work in hand. The queue is looked at now and then, because whoever reads a metric may not wait for a database.</summary>
public sealed class WorkMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Idp.Work";

    /// <summary>The time between two looks at the queue; a reading is never much older.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly Meter _meter = new(MeterName);
    private readonly ObservableGauge<int> _depth;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _clock;
    private readonly ILogger<WorkMetrics> _logger;
    private ValueList<QueueDepth>? _seen;

    /// <summary>Begins to answer whoever reads the meter.</summary>
    public WorkMetrics(IWorkQueue queue, RunningWork running, TimeProvider clock, ILogger<WorkMetrics> logger)
    {
        (_queue, _clock, _logger) = (queue, clock, logger);
        _depth = _meter.CreateObservableGauge(
            "idp.queue.depth", Depths, "{item}", "Work items of the whole queue by priority (0 goes first), waiting or running under a lease.");
        _meter.CreateObservableGauge(
            "idp.work.running", () => running.Count, "{item}", "Work items that this node has in hand; a document has one at a time.");
    }

    /// <summary>Looks at the queue until cancelled, as long as somebody listens.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(LookInterval, _clock);
        try
        {
            do
            {
                if (_depth.Enabled)
                {
                    await LookAsync(ct);
                }
            }
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    /// <summary>Looks once.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store that is away for a while must not end the measuring; it is logged.")]
    internal async Task LookAsync(CancellationToken ct)
    {
        try
        {
            Volatile.Write(ref _seen, await _queue.DepthsAsync(ct));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Unknown is not zero, and not what was seen before.
            if (Interlocked.Exchange(ref _seen, null) is not null)
            {
                _logger.DepthsUnknown(exception);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> Depths()
    {
        foreach (var depth in Volatile.Read(ref _seen) ?? [])
        {
            yield return Measure(depth, "waiting", depth.Waiting);
            yield return Measure(depth, "running", depth.Running);
        }
    }

    private static Measurement<int> Measure(QueueDepth depth, string state, int count) =>
        new(count, KeyValuePair.Create("priority", (object?)(int)depth.Priority), KeyValuePair.Create("state", (object?)state));
}
