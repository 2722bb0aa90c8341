namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>Locks that stand for no row, held until the end of the transaction unless it is said otherwise; numbers of our own within one database.</summary>
internal static class AdvisoryLock
{
    /// <summary>Takes a lock, waiting for whoever has it.</summary>
    public const string Take = "SELECT pg_advisory_xact_lock(@Lock)";

    /// <summary>Takes a lock unless somebody has it; tells whether it was taken.</summary>
    public const string TryTake = "SELECT pg_try_advisory_xact_lock(@Lock)";

    /// <summary>Takes a lock unless somebody has it, for longer than a transaction; tells whether it was taken.</summary>
    public const string TryTakeForSession = "SELECT pg_try_advisory_lock(@Lock)";

    /// <summary>Gives a lock back that was taken for longer than a transaction.</summary>
    public const string GiveBackForSession = "SELECT pg_advisory_unlock(@Lock)";

    /// <summary>Of who brings the tables up to date.</summary>
    public const long Migrations = 4_711_001;

    /// <summary>Of who appends events, so that their sequences become visible in order.</summary>
    public const long Events = 4_711_002;

    /// <summary>Of who publishes work, so that no two nodes publish the same.</summary>
    public const long Publishing = 4_711_003;

    /// <summary>Of who makes an index of vectors.</summary>
    public const long VectorIndexes = 4_711_004;

    /// <summary>Of who gives work to documents that lack knowledge, so that none gets it twice.</summary>
    public const long KnowledgeBacklog = 4_711_005;
}
