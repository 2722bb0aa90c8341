using System.Diagnostics;
using Idp.Integration.Documents;
using Idp.Integration.Recognition;
using Idp.Simulators.Options;

namespace Idp.Bench.Serial;

/// <summary>Scanned documents through a fresh service whose pages are recognised elsewhere.</summary>
internal static class SerialRun
{
    // Enough that the program is compiled, and few enough that the gate has found nothing out yet.
    private const int WarmUpDocuments = 2;

    /// <summary>Uploads all documents and waits for the last.</summary>
    /// <param name="places">Documents that the recognition service works on at once; others wait there.</param>
    /// <param name="limit">Documents sent there at once; null when that is to be found out.</param>
    /// <param name="documents">How many.</param>
    /// <param name="jobTime">What each takes there.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<TimeSpan> TakeAsync(int places, int? limit, int documents, TimeSpan jobTime, CancellationToken ct)
    {
        await using var service = await RecognitionService.StartAsync(
            new() { Capacity = new() { AtOnce = places, WhenFull = WhenFull.Queue }, Latency = new() { FixedMilliseconds = (int)jobTime.TotalMilliseconds } }, ct, limit);
        await ReadAsync(service, 0, WarmUpDocuments, ct);
        service.Provider.Reset();
        var started = Stopwatch.GetTimestamp();
        await ReadAsync(service, WarmUpDocuments, documents, ct);
        var wall = Stopwatch.GetElapsedTime(started);
        service.Provider.Bill.Completed.ShouldBe(documents);
        return wall;
    }

    private static async Task ReadAsync(RecognitionService service, int first, int count, CancellationToken ct)
    {
        var ids = new List<string>();
        foreach (var number in Enumerable.Range(first, count))
        {
            var file = ScannedPages.Make(1, number);
            service.Provider.Know(file, FormattableString.Invariant($"Account Number: 44712{number:00000}\nTotal due {number}.00"));
            ids.Add(await service.Process.UploadAsync(file, "scan.pdf", ct));
        }

        foreach (var id in ids)
        {
            var document = await service.Process.WaitUntilEndedAsync(id, ct);
            document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        }
    }
}
