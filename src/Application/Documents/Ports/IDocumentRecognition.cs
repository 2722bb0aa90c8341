using Idp.Application.Kernel.Ai;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents.Ports;

/// <summary>What is to be recognised.</summary>
/// <param name="File">The whole file; services get its original bytes.</param>
/// <param name="PageCount">Pages of the file, at least 1.</param>
/// <param name="Pages">The pages that need it, ascending, with number, size and rotation; at least one.</param>
public sealed record RecognitionOrder(SourceFile File, int PageCount, ValueList<Page> Pages)
{
    /// <summary>Sets the order of a run that wants everything anew apart from earlier ones; empty for any other.</summary>
    public string FreshRun { get; init; } = string.Empty;
}

/// <summary>Recognises pages of a document by a paid service, all of them by one order.</summary>
/// <remarks>
/// Adapters: LLMWhisperer. Each passes <c>DocumentRecognitionContract</c>. Safe to call concurrently; how many orders are under way is the adapter's business (its gate). Waiting holds no
/// thread. An order that the service has accepted is durable before anything else is done, and never placed again: who asks again, after a crash too, gets what it brings. What it
/// brought is durable before it is returned.
/// </remarks>
public interface IDocumentRecognition
{
    /// <summary>Who recognises.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Names the service and its settings; part of cache fingerprints.</summary>
    string Version { get; }

    /// <summary>Recognises pages.</summary>
    /// <returns>
    /// The pages in the order's order, with <see cref="Page.HasEstimatedBoxes"/> where the service tells no places, or one of <see cref="RecognitionErrors"/>: transient ones may be asked
    /// again and cost nothing more, with the others the order is lost, and the next run places a new one. <c>budget_exhausted</c> when a cap does not allow it.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; what was accepted goes on at the service and is found by the next who asks.</exception>
    Task<Result<ValueList<Page>>> RecognizeAsync(RecognitionOrder order, CallContext context, CancellationToken ct);

    /// <summary>Removes what is kept of a file's pages; the same file is recognised and paid anew.</summary>
    Task ForgetAsync(ContentHash hash, CancellationToken ct);
}

/// <summary>Has small pages recognised past cache, gate and retries, to measure a service. They are paid, and they are in the journal and under the day's cap.</summary>
/// <remarks>Adapters: LLMWhisperer. Each passes <c>RecognitionProbeContract</c>.</remarks>
public interface IRecognitionProbe
{
    /// <summary>Who is measured.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Sees that the service can be asked, which costs nothing; what takes time only the first time is behind when this returns.</summary>
    Task<Result<Done>> PrepareAsync(CancellationToken ct);

    /// <summary>Has one page recognised.</summary>
    /// <param name="name">Sets the page apart from all others, so that no cache of the service answers it; letters, digits and dashes.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>How long it took until the text was ready, or one of <see cref="RecognitionErrors"/>.</returns>
    Task<Result<TimeSpan>> CallAsync(string name, CancellationToken ct);
}
