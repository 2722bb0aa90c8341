using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Integration.Documents;

/// <summary>Documents and work to store.</summary>
internal static class DocumentSamples
{
    /// <summary>A document as an upload makes it.</summary>
    public static Document Uploaded(TimeProvider clock) => new(
        StrongId.New<DocumentId>(clock), StrongId.New<RunId>(clock), "packet.pdf", new ContentHash(new string('a', 64)), 12_345, FileType.Pdf,
        DocumentKind.Auto, DocumentKind.Auto, null, [], Priority.Normal, null, DocumentStatus.Queued,
        [StageProgress.Pending(StageNames.OcrExtraction), StageProgress.Pending(StageNames.LlmExtraction)],
        0, null, [], null, false, clock.GetUtcNow(), clock.GetUtcNow(), 1);

    /// <summary>A document that uses everything a document can hold.</summary>
    public static Document Rich(TimeProvider clock) => Uploaded(clock) with
    {
        BatchId = StrongId.New<BatchId>(clock),
        FileName = "Überweisung \"2024\" 日本.tiff",
        FileType = FileType.Tiff,
        RequestedKind = DocumentKind.FinancialStatement,
        Kind = DocumentKind.FinancialStatement,
        SchemaName = "own-schema",
        Tags = ["urgent", "it's, \"quoted\""],
        Priority = Priority.Low,
        BudgetUsd = 0.30m,
        Status = DocumentStatus.Partial,
        Stages =
        [
            new StageProgress(StageNames.OcrExtraction, StageStatus.Completed, 100, clock.GetUtcNow(), clock.GetUtcNow() + TimeSpan.FromTicks(1)),
            new StageProgress(StageNames.LlmExtraction, StageStatus.Processing, 40, clock.GetUtcNow(), null),
        ],
        PagesProcessed = 3,
        TotalPages = 20,
        Problems =
        [
            new Problem(DocumentErrors.PageCrashesReader(), 7),
            new Problem(
                new Error(ErrorKind.RateLimited, "provider.busy", "Busy.")
                {
                    RetryAfter = TimeSpan.FromSeconds(2.5),
                    Fields = [new FieldError("Page", "odd")],
                },
                null,
                "7009885"),
        ],
        DuplicateOf = StrongId.New<DocumentId>(clock),
        ForceFresh = true,
        UpdatedAt = clock.GetUtcNow() + TimeSpan.FromTicks(1),
    };

    /// <summary>The first work on a document.</summary>
    public static WorkItem WorkOn(Document document, TimeProvider clock, string step = StageNames.OcrExtraction) => new(
        StrongId.New<WorkItemId>(clock), document.Id.ToString(), step, document.Priority, clock.GetUtcNow(), clock.GetUtcNow(), 0);
}
