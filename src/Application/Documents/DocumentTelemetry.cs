using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Idp.Domain.Documents;

namespace Idp.Application.Documents;

/// <summary>What this module measures and traces. Labels come from fixed sets; never an id, a name or text of a document.</summary>
internal static class DocumentTelemetry
{
    /// <summary>The name of meter and source.</summary>
    public const string Name = "Idp.Documents";

    /// <summary>The source of this module's spans.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Received =
        Meter.CreateCounter<long>("idp.documents.received", "{document}", "Documents taken in, by the kind that the sender named.");

    private static readonly Counter<long> Ended =
        Meter.CreateCounter<long>("idp.documents.ended", "{document}", "Runs of documents that ended, by status and kind.");

    private static readonly Counter<long> PagesRead =
        Meter.CreateCounter<long>("idp.pages.read", "{page}", "Pages read to words, by where the words come from; pages served from the cache do not count.");

    private static readonly Counter<long> PagesFailed =
        Meter.CreateCounter<long>("idp.pages.failed", "{page}", "Pages that could not be read, by problem code.");

    private static readonly Histogram<double> StageDuration = Meter.CreateHistogram<double>(
        "idp.stage.duration", "s", "Time that one stage of one document took, by stage and outcome.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800] });

    /// <summary>A document was stored.</summary>
    public static void CountReceived(Document document) => Received.Add(1, Tag("kind", InWords(document.RequestedKind)));

    /// <summary>A run of a document reached its end.</summary>
    public static void CountEnded(Document document) =>
        Ended.Add(1, Tag("status", InWords(document.Status)), Tag("kind", InWords(document.Kind)));

    /// <summary>A page was read afresh.</summary>
    public static void CountRead(Page page) => PagesRead.Add(1, Tag("source", page.IsBlank ? "blank" : InWords(page.Source)));

    /// <summary>A page could not be read.</summary>
    public static void CountFailedPage(string errorCode) => PagesFailed.Add(1, Tag("code", errorCode));

    /// <summary>A stage ended, one way or another.</summary>
    public static void MeasureStage(string stage, StageEnd end, TimeSpan elapsed) =>
        StageDuration.Record(elapsed.TotalSeconds, Tag("stage", stage), Tag("outcome", InWords(end)));

    /// <summary>As the contract prints it.</summary>
    public static string InWords<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
