namespace Idp.Domain.Documents;

/// <summary>Where a document stands.</summary>
public enum DocumentStatus
{
    /// <summary>Stored; no stage has begun.</summary>
    Queued,

    /// <summary>In the middle of its stages.</summary>
    Processing,

    /// <summary>Held back by something that will change: a budget, a provider.</summary>
    Waiting,

    /// <summary>Every stage done, nothing missing.</summary>
    Completed,

    /// <summary>Every stage done that could be; the problems say what is missing.</summary>
    Partial,

    /// <summary>Nothing usable; the problems say why.</summary>
    Failed,

    /// <summary>Stopped by a person.</summary>
    Cancelled,
}

/// <summary>Where a stage stands.</summary>
public enum StageStatus
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>At work.</summary>
    Processing,

    /// <summary>Done; it is not run again in this run.</summary>
    Completed,

    /// <summary>Gave up.</summary>
    Failed,
}

/// <summary>Names of the stages, as the contract prints them.</summary>
public static class StageNames
{
    /// <summary>Reads every page to words.</summary>
    public const string OcrExtraction = "ocr_extraction";

    /// <summary>Finds the accounts.</summary>
    public const string AccountSplitting = "account_splitting";

    /// <summary>Maps pages to accounts; editable afterwards.</summary>
    public const string PageAnalysis = "page_analysis";

    /// <summary>Reads fields and tables.</summary>
    public const string LlmExtraction = "llm_extraction";

    /// <summary>Printed as the current stage when all are done.</summary>
    public const string Completed = "completed";
}

/// <summary>How far one stage is.</summary>
/// <param name="Name">One of <see cref="StageNames"/>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Percent">0 to 100.</param>
/// <param name="StartedAt">When it first began in this run; null before.</param>
/// <param name="EndedAt">When it ended; null before.</param>
public sealed record StageProgress(string Name, StageStatus Status, int Percent, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>A stage that has not begun.</summary>
    public static StageProgress Pending(string name) => new(name, StageStatus.Pending, 0, null, null);
}
