using System.Diagnostics.Metrics;
using Idp.Application.Documents.Ports;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>What is measured of the processes that read pages.</summary>
internal static class WorkerMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Idp.Documents.Workers";

    /// <summary>A meter that reads <paramref name="status"/> whenever it is read; the owner of the processes disposes it.</summary>
    public static Meter Observe(Func<PageWorkerStatus> status)
    {
        var meter = new Meter(MeterName);
        meter.CreateObservableGauge("idp.page_workers.configured", () => status().Configured, "{process}", "Processes that read pages, at most.");
        meter.CreateObservableGauge("idp.page_workers.alive", () => status().Alive, "{process}", "Processes that read pages, started and alive.");
        meter.CreateObservableGauge("idp.page_workers.busy", () => status().Busy, "{process}", "Processes that have a page in hand.");
        meter.CreateObservableCounter(
            "idp.page_workers.replaced", () => status().Replaced, "{process}", "Processes replaced because they crashed, hung or grew too large.");
        return meter;
    }
}
