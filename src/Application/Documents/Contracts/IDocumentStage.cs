using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Documents.Contracts;

/// <summary>One stage of a document's way; modules add their own, and the pipeline puts them in order.</summary>
/// <remarks>
/// A stage is run again from its beginning after a crash, so what it stores must be safe to store twice. It must not change the document:
/// it answers what it found, and the answer is committed together with the end of the stage.
/// </remarks>
public interface IDocumentStage
{
    /// <summary>One of <see cref="StageNames"/>.</summary>
    string Name { get; }

    /// <summary>Does the stage.</summary>
    /// <returns>
    /// What it found; problems make the document partial. An error that <see cref="Error.IsTransient"/> is tried again later; any other ends the
    /// document as failed.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled: the document was cancelled or the service stops.</exception>
    Task<Result<StageOutcome>> RunAsync(StageContext context, CancellationToken ct);
}

/// <summary>What a stage has to work with.</summary>
/// <param name="Document">The document as the stage began.</param>
/// <param name="Progress">Where to report pages that are done.</param>
public sealed record StageContext(Document Document, IStageProgress Progress)
{
    /// <summary>True when a transient error would make the stage run again; false on the last try, when the stage should keep what it has.</summary>
    public bool MayRetry { get; init; }

    /// <summary>Whose place the stage has.</summary>
    public string Pool { get; init; } = WorkPools.Documents;
}

/// <summary>Takes a stage's progress and makes it durable.</summary>
public interface IStageProgress
{
    /// <summary>Reports how many pages are done, with events that become true at the same moment.</summary>
    /// <exception cref="OperationCanceledException">The document was cancelled or taken over meanwhile.</exception>
    Task ReportAsync(int pagesProcessed, int totalPages, ValueList<NewEvent> events, CancellationToken ct);
}

/// <summary>What a stage found.</summary>
/// <param name="Problems">What is missing and why; empty when nothing is.</param>
public sealed record StageOutcome(ValueList<Problem> Problems)
{
    /// <summary>The kind that the stage recognised; null when it did not look.</summary>
    public DocumentKind? RecognizedKind { get; init; }

    /// <summary>
    /// The pool in which the stage goes on, from its beginning and with what it has stored; null when it is done. A stage that has long to wait for a provider asks for this, so that it
    /// takes no place from stages that have something to do.
    /// </summary>
    public string? ContinuesIn { get; init; }
}
