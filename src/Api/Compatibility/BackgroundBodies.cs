using System.Text.Json.Nodes;
using Idp.Api.Documents;
using Idp.Api.Kernel.Json;

namespace Idp.Api.Compatibility;

/// <summary>How far a document is.</summary>
internal sealed record BackgroundStatusBody(bool Success, BackgroundStatus Status);

/// <summary>How far a document is, in the replaced system's words.</summary>
internal sealed record BackgroundStatus(
    string Stage, int Progress, int PagesProcessed, int? TotalPages, IReadOnlyList<AccountBody> Accounts, IReadOnlyDictionary<string, StageBody> Stages)
{
    public static BackgroundStatus From(DocumentBody document) =>
        new(document.Stage, document.Progress, document.PagesProcessed, document.TotalPages, document.Accounts, document.Stages);
}

/// <summary>The answer to a forced start.</summary>
internal sealed record ForcedProcessingBody(bool Success, string Message, string DocId, BackgroundStatus Status);

/// <summary>What the processor is doing.</summary>
internal sealed record BackgroundProcessorBody(bool Success, BackgroundProcessorStatus Status);

/// <summary>What the processor is doing, in the replaced system's words.</summary>
internal sealed record BackgroundProcessorStatus(
    bool Running, int MaxWorkers, int ActiveWorkers, int QueueSize, IReadOnlyList<string> ActiveDocuments, IReadOnlyList<QueueDepthBody> QueueByPriority)
{
    public static BackgroundProcessorStatus From(ProcessorBody processor) => new(
        processor.Running, processor.MaxConcurrentDocuments, processor.RunningDocuments.Count, processor.Queue.Sum(static depth => depth.Waiting),
        processor.RunningDocuments, processor.Queue);
}

/// <summary>A page whose data is there.</summary>
/// <param name="Success">True.</param>
/// <param name="Cached">True.</param>
/// <param name="Data">A value by field name; a list where the schema allows several.</param>
/// <param name="AccountNumber">The account that the page belongs to; null when to none.</param>
/// <param name="ExtractionTime">Unix time in seconds.</param>
internal sealed record CachedPageBody(bool Success, bool Cached, JsonObject Data, string? AccountNumber, long ExtractionTime);

/// <summary>A page whose data is still to come.</summary>
internal sealed record PendingPageBody(
    bool Success, bool Cached, bool Processing, string Stage, int Progress, int PagesProcessed, int? TotalPages);
