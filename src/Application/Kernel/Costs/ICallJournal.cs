using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Kernel.Costs;

/// <summary>A call that is about to be made.</summary>
/// <param name="Id">The call.</param>
/// <param name="Key">Stands for the request.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Model">Who is asked.</param>
/// <param name="Subject">The document or job that pays.</param>
/// <param name="Batch">Its batch; null when it is in none.</param>
/// <param name="Scopes">Every budget that it counts against, the day's included.</param>
/// <param name="Pages">The pages that it is about.</param>
/// <param name="At">Now.</param>
public sealed record CallIntent(
    CallId Id, Fingerprint Key, string Task, ModelIdentity Model, string Subject, string? Batch, ValueList<BudgetScope> Scopes, ValueList<int> Pages, DateTimeOffset At);

/// <summary>A section that some call has answered.</summary>
/// <param name="Reply">The whole reply.</param>
/// <param name="Index">Which of the reply's sections it is, from 0; the reply calls its page <c>Reply.Pages[Index]</c>.</param>
public sealed record AnsweredSection(ModelReply Reply, int Index);

/// <summary>
/// The durable record of paid calls: the intent before a request leaves, the reply before it is used. After a crash, answered calls are found here and not
/// made again, and calls that were sent and never answered count as paid.
/// </summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>CallJournalContract</c>. Safe to call concurrently. Shares its rows with <see cref="ICostLedger"/>.</remarks>
public interface ICallJournal
{
    /// <summary>What earlier calls said of these sections; a key that no whole reply answers is missing.</summary>
    Task<IReadOnlyDictionary<string, AnsweredSection>> FindSectionsAsync(IReadOnlyCollection<string> sectionKeys, CancellationToken ct);

    /// <summary>
    /// The reply to a request that was answered before, whole or cut off; null when there is none. One that was found unusable is found in the run that found it
    /// so, and in no other.
    /// </summary>
    Task<ModelReply?> FindReplyAsync(Fingerprint key, string run, CancellationToken ct);

    /// <summary>Whether another process, not known to be dead, has begun an equal request and not ended it.</summary>
    Task<bool> IsUnderWayElsewhereAsync(Fingerprint key, CancellationToken ct);

    /// <summary>
    /// Records that the replies to some requests cannot be used, however often they were asked to be corrected: from the next run on they are asked for anew,
    /// while this run, should it be made again after a crash, finds them and does not pay again. Their costs stay. What another run marked stays as it is.
    /// </summary>
    Task MarkUnusableAsync(IReadOnlyCollection<Fingerprint> keys, string run, CancellationToken ct);

    /// <summary>Records an intent; durable when this returns.</summary>
    Task BeginAsync(CallIntent intent, CancellationToken ct);

    /// <summary>
    /// Records the reply together with its cost, in one transaction: the reservation of the try that brought it is given back, the cost is spent, the sections
    /// become findable, and a <c>cost_update</c> event tells the subject's readers. Told again of a call that is answered, it has no effect.
    /// </summary>
    /// <param name="id">The call.</param>
    /// <param name="reply">What came.</param>
    /// <param name="cost">What it cost.</param>
    /// <param name="answeredSections">Keys of the sections that the reply answers, in the order of the reply's pages; empty when it answers none whole.</param>
    /// <param name="ct">Cancels before the commit, never half of it.</param>
    Task CompleteAsync(CallId id, ModelReply reply, Money cost, ValueList<string> answeredSections, CancellationToken ct);

    /// <summary>
    /// Records that a call ended without a reply; what its tries possibly cost stays spent. A try still under way counts as paid when it was sent, and is given
    /// back when it was not. No effect on a call that has ended.
    /// </summary>
    Task FailAsync(CallId id, string errorCode, CancellationToken ct);

    /// <summary>Erases the replies of calls that a subject made; costs and counts stay. Sections that only these answered are no longer found.</summary>
    Task ForgetAsync(string subject, CancellationToken ct);

    /// <summary>
    /// Settles what processes left behind that are known to live no more, of this machine or among the nodes that share the journal: tries that were sent count as paid, reservations of
    /// tries that were not are given back. Called at start, before the first call, and now and then afterwards (<see cref="AbandonedCalls"/>).
    /// </summary>
    /// <returns>How many calls were left without an answer.</returns>
    Task<int> RecoverAsync(CancellationToken ct);
}
