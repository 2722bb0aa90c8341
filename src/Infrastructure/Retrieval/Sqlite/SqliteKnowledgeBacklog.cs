using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Idp.Infrastructure.Retrieval.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Retrieval.Sqlite;

/// <summary>Documents without knowledge in the SQLite database. Writers take turns, so that what one adds the next one sees.</summary>
internal sealed class SqliteKnowledgeBacklog(SqliteDatabase database, WorkSignal signal) : IKnowledgeBacklog
{
    /// <inheritdoc />
    public async Task<BacklogPortion> AddWorkAsync(KnowledgeNeed need, DocumentId? before, int mostWaiting, Func<DocumentId, WorkItem> workFor, CancellationToken ct)
    {
        // Mostly nothing is to be done, and that needs no turn among the writers.
        await using (var connection = await database.OpenAsync(ct))
        {
            if (await ListAsync(connection, transaction: null, need, before, mostWaiting, ct) is { Documents.Count: 0 } nothing)
            {
                return nothing;
            }
        }

        var portion = new BacklogPortion([], IsLast: false);
        var pools = new HashSet<string>(StringComparer.Ordinal);
        await database.TryCommitAsync(
            async transaction =>
            {
                portion = await ListAsync(transaction.Connection!, transaction, need, before, mostWaiting, ct);
                foreach (var work in portion.Documents.Select(workFor))
                {
                    await WorkItemRows.AddAsync(transaction, work, ct);
                    pools.Add(work.Pool);
                }

                return true;
            },
            ct);
        foreach (var pool in pools)
        {
            signal.Raise(pool);
        }

        return portion;
    }

    /// <inheritdoc />
    public async Task<KnowledgeCounts> CountAsync(KnowledgeNeed need, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QuerySingleAsync<BacklogCountRow>(new CommandDefinition(BacklogSql.Count, BacklogSql.Parameters(need), cancellationToken: ct))).ToCounts();
    }

    private static async Task<BacklogPortion> ListAsync(
        SqliteConnection connection, SqliteTransaction? transaction, KnowledgeNeed need, DocumentId? before, int mostWaiting, CancellationToken ct)
    {
        var room = mostWaiting - await connection.ExecuteScalarAsync<int>(new CommandDefinition(BacklogSql.CountWork, transaction: transaction, cancellationToken: ct));
        if (room <= 0)
        {
            return new BacklogPortion([], IsLast: false);
        }

        var ids = await connection.QueryAsync<string>(new CommandDefinition(BacklogSql.List, BacklogSql.Parameters(need, before, room), transaction, cancellationToken: ct));
        var documents = ids.Select(StrongId.Parse<DocumentId>).ToValueList();
        return new BacklogPortion(documents, documents.Count < room);
    }
}
