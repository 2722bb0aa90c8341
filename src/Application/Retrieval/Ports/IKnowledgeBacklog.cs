using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval.Ports;

/// <summary>What a document whose data is there must have to be searchable as it is set now.</summary>
/// <param name="Method">Its knowledge is made by this (<see cref="DocumentKnowledge.Method"/>).</param>
/// <param name="Space">Its chunks have vectors of this space; null where nobody makes vectors.</param>
/// <param name="UnfinishedSince">What failed, or stands unfinished without work, is due again when nothing has changed of it since this moment.</param>
public sealed record KnowledgeNeed(string Method, VectorSpace? Space, DateTimeOffset UnfinishedSince);

/// <summary>Some of the documents that lacked something.</summary>
/// <param name="Documents">Those that were given work, newest first.</param>
/// <param name="IsLast">True when no older document lacks anything.</param>
public sealed record BacklogPortion(ValueList<DocumentId> Documents, bool IsLast);

/// <summary>How the documents stand whose data is there.</summary>
/// <param name="Documents">All of them.</param>
/// <param name="Searchable">Those that can be found as it is set now.</param>
/// <param name="UnderWay">Those that have work.</param>
/// <param name="Failed">Those whose work gave up.</param>
/// <param name="Behind">Those that lack something and have no work yet.</param>
public sealed record KnowledgeCounts(int Documents, int Searchable, int UnderWay, int Failed, int Behind);

/// <summary>Finds documents that were completed before they could be made searchable as it is set now, and gives them work.</summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>KnowledgeBacklogContract</c>. Safe to call concurrently, from several nodes too.</remarks>
public interface IKnowledgeBacklog
{
    /// <summary>Gives work to documents that lack something and have no work on their knowledge, newest first; never to one document twice, whichever nodes ask.</summary>
    /// <param name="need">What they must have.</param>
    /// <param name="before">Only documents older than this one; null for all.</param>
    /// <param name="mostWaiting">So much work on knowledge may stand in the queue afterwards; nothing is added where there is more already.</param>
    /// <param name="workFor">Makes the work.</param>
    /// <param name="ct">Cancels.</param>
    Task<BacklogPortion> AddWorkAsync(KnowledgeNeed need, DocumentId? before, int mostWaiting, Func<DocumentId, WorkItem> workFor, CancellationToken ct);

    /// <summary>Counts; looks at every document.</summary>
    Task<KnowledgeCounts> CountAsync(KnowledgeNeed need, CancellationToken ct);
}
