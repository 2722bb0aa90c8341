using System.Diagnostics.Metrics;
using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Idp.Unit.Kernel.Telemetry;

public sealed class WorkMetricsTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly IWorkQueue _queue = Substitute.For<IWorkQueue>();
    private readonly RunningWork _running = new();
    private readonly WorkMetrics _metrics;

    public WorkMetricsTests() => _metrics = new WorkMetrics(_queue, _running, _clock, NullLogger<WorkMetrics>.Instance);

    [Fact]
    public async Task The_depth_is_what_was_seen_at_the_last_look_and_unknown_when_the_queue_could_not_be_read()
    {
        using var reading = new Reading();
        _queue.DepthsAsync(Arg.Any<CancellationToken>()).Returns([new QueueDepth(Priority.High, 3, 1)]);
        reading.Depths().ShouldBeEmpty();

        await _metrics.LookAsync(TestContext.Current.CancellationToken);
        reading.Depths().ShouldBe([("0", "waiting", 3), ("0", "running", 1)]);

        _queue.DepthsAsync(Arg.Any<CancellationToken>()).ThrowsAsync(new IOException("away"));
        await _metrics.LookAsync(TestContext.Current.CancellationToken);
        reading.Depths().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_queue_is_looked_at_again_when_the_interval_has_passed()
    {
        using var reading = new Reading();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (looks, second) = (0, new TaskCompletionSource());
        _queue.DepthsAsync(Arg.Any<CancellationToken>()).Returns(_ =>
        {
            if (++looks == 2)
            {
                second.SetResult();
            }

            return new List<QueueDepth>().ToValueList();
        });

        var loop = _metrics.RunAsync(stop.Token);
        looks.ShouldBe(1);
        _clock.Advance(WorkMetrics.LookInterval);

        await second.Task.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task The_queue_is_left_alone_while_nobody_listens()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var loop = _metrics.RunAsync(stop.Token);
        _clock.Advance(WorkMetrics.LookInterval);
        await stop.CancelAsync();
        await loop;

        await _queue.DidNotReceive().DepthsAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Work_in_hand_is_counted_while_it_runs()
    {
        using var reading = new Reading();

        await _running.RunAsync("doc_1", _ =>
        {
            reading.Running().ShouldBe(1);
            return Task.CompletedTask;
        }, TestContext.Current.CancellationToken);

        reading.Running().ShouldBe(0);
    }

    public void Dispose() => _metrics.Dispose();

    /// <summary>Reads the instruments as an exporter does.</summary>
    private sealed class Reading : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Instrument, int Value, Dictionary<string, object?> Tags)> _read = [];

        public Reading()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == WorkMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _read.Add((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray()))));
            _listener.Start();
        }

        public IEnumerable<(string Priority, string State, int Value)> Depths() =>
            Read("idp.queue.depth").Select(read => ($"{read.Tags["priority"]}", $"{read.Tags["state"]}", read.Value));

        public int Running() => Read("idp.work.running").ShouldHaveSingleItem().Value;

        public void Dispose() => _listener.Dispose();

        private List<(string Instrument, int Value, Dictionary<string, object?> Tags)> Read(string instrument)
        {
            _read.Clear();
            _listener.RecordObservableInstruments();
            return [.. _read.Where(read => read.Instrument == instrument)];
        }
    }
}
