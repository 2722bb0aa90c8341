using Dapper;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Research;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Idp.Infrastructure.Research.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Research.Sqlite;

/// <summary>Research in the SQLite database.</summary>
internal sealed class SqliteResearchRepository(SqliteDatabase database, ProcessIdentity node, WorkSignal signal, TimeProvider clock) : IResearchRepository
{
    /// <inheritdoc />
    public async Task<ResearchJob> AddAsync(ResearchJob job, ValueList<CompanyArrival> companies, CancellationToken ct)
    {
        var number = 0L;
        await database.TryCommitAsync(
            async transaction =>
            {
                number = await transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition(JobRow.Insert, JobRow.Of(job), transaction, cancellationToken: ct));
                foreach (var arrival in companies)
                {
                    await ExecuteAsync(transaction, CompanyRow.Insert, CompanyRow.Of(arrival.Company), ct);
                    await WorkItemRows.AddAsync(transaction, arrival.FirstWork, ct);
                }

                return true;
            },
            ct);
        Raise(companies.Select(static arrival => arrival.FirstWork));
        return job with { Number = number };
    }

    /// <inheritdoc />
    public async Task<JobStanding?> FindAsync(JobId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await FindJobAsync(connection, transaction: null, id, ct) is { } job ? await StandingAsync(connection, transaction: null, job, ct) : null;
    }

    /// <inheritdoc />
    public async Task<JobId?> FindByNumberAsync(long number, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var id = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(JobRow.FindByNumber, new { Number = number }, cancellationToken: ct));
        return id is null ? null : StrongId.Parse<JobId>(id);
    }

    /// <inheritdoc />
    public async Task<ValueList<JobStanding>> ListAsync(JobId? before, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<JobRow>(new CommandDefinition(
            JobRow.Select + (before is null ? "" : " WHERE id < @Before") + " ORDER BY id DESC LIMIT @Limit",
            new { Before = before?.ToString(), Limit = limit },
            cancellationToken: ct));
        var standings = new List<JobStanding>();
        foreach (var row in rows)
        {
            standings.Add(await StandingAsync(connection, transaction: null, row.ToJob(), ct));
        }

        return standings.ToValueList();
    }

    /// <inheritdoc />
    public async Task<CompanyAtWork?> FindCompanyAsync(CompanyId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<CompanyRow>(new CommandDefinition(CompanyRow.FindById, new { Id = id.ToString() }, cancellationToken: ct));
        return row?.ToCompany() is { } company && await FindJobAsync(connection, transaction: null, company.JobId, ct) is { } job ? new CompanyAtWork(job, company) : null;
    }

    /// <inheritdoc />
    public async Task<ValueList<Company>> ListCompaniesAsync(CompanyQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, CompanyQuery.MaximumLimit);
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<CompanyRow>(new CommandDefinition(CompanyRow.ListOf(query), CompanyRow.ParametersOf(query), cancellationToken: ct));
        return rows.Select(static row => row.ToCompany()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<bool> SaveAsync(CompanyChange change, JobEventMaker events, CancellationToken ct)
    {
        var isSaved = await database.TryCommitAsync(
            async transaction =>
            {
                if (await ExecuteAsync(transaction, CompanyRow.Update, CompanyRow.Of(change.Company), ct) == 0
                    || !await WorkItemRows.TryFinishAsync(transaction, change.FinishedWork, node, ct))
                {
                    return false;
                }

                if (change.NextWork is { } next)
                {
                    await WorkItemRows.AddAsync(transaction, next, ct);
                }

                if (!change.Company.IsOpen && await FindJobAsync(transaction.Connection!, transaction, change.Company.JobId, ct) is { } job)
                {
                    await SettleAsync(transaction, job, job, events, ct);
                }

                return true;
            },
            ct);
        if (isSaved && change.NextWork is { } added)
        {
            Raise([added]);
        }

        return isSaved;
    }

    /// <inheritdoc />
    public async Task<ValueList<CompanyId>?> CancelAsync(JobId id, JobEventMaker events, CancellationToken ct)
    {
        ValueList<CompanyId>? cancelled = null;

        // What stops a job goes first: until then its calls cost money.
        await database.TryCommitAsync(
            async transaction =>
            {
                if (await FindJobAsync(transaction.Connection!, transaction, id, ct) is not { } job)
                {
                    return false;
                }

                var ids = await transaction.Connection!.QueryAsync<string>(new CommandDefinition(
                    CompanyRow.CancelOpen, new { JobId = id.ToString(), Now = Now() }, transaction, cancellationToken: ct));
                cancelled = ids.Select(StrongId.Parse<CompanyId>).ToValueList();
                await ExecuteAsync(transaction, CompanyRow.DropCancelledWork, new { JobId = id.ToString() }, ct);
                await SettleAsync(transaction, job, job.Cancelled(), events, ct);
                return true;
            },
            WriteRank.Urgent,
            ct);
        return cancelled;
    }

    /// <inheritdoc />
    public async Task<int> StopAsync(JobId id, Error problem, bool stopsAnalyses, JobEventMaker events, CancellationToken ct)
    {
        var failed = 0;
        await database.TryCommitAsync(
            async transaction =>
            {
                if (await FindJobAsync(transaction.Connection!, transaction, id, ct) is not { } job)
                {
                    return false;
                }

                var parameters = new { JobId = id.ToString(), Now = Now(), Problem = CompanyRow.ProblemText(problem), StopsAnalyses = stopsAnalyses ? 1L : 0 };
                await ExecuteAsync(transaction, CompanyRow.DropWaitingWork, parameters, ct);
                failed = await ExecuteAsync(transaction, CompanyRow.FailWithoutWork, parameters, ct);
                await SettleAsync(transaction, job, job.Stopped(problem), events, ct);
                return true;
            },
            WriteRank.Urgent,
            ct);
        return failed;
    }

    /// <inheritdoc />
    public async Task<int> RetryFailedAsync(JobId id, Func<Company, WorkItem> workFor, CancellationToken ct)
    {
        var added = new List<WorkItem>();
        await database.TryCommitAsync(
            async transaction =>
            {
                added.Clear();
                if (await FindJobAsync(transaction.Connection!, transaction, id, ct) is not { } job)
                {
                    return false;
                }

                var rows = await transaction.Connection!.QueryAsync<CompanyRow>(new CommandDefinition(
                    CompanyRow.RequeueFailed, new { JobId = id.ToString(), Now = Now() }, transaction, cancellationToken: ct));
                added.AddRange(rows.Select(row => workFor(row.ToCompany())));
                foreach (var item in added)
                {
                    await WorkItemRows.AddAsync(transaction, item, ct);
                }

                if (added.Count > 0)
                {
                    await SettleAsync(transaction, job, job.Reopened(), static (_, _) => [], ct);
                }

                return added.Count > 0;
            },
            ct);
        Raise(added);
        return added.Count;
    }

    private static Task<int> ExecuteAsync(SqliteTransaction transaction, string sql, object parameters, CancellationToken ct) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));

    private static async Task<ResearchJob?> FindJobAsync(SqliteConnection connection, SqliteTransaction? transaction, JobId id, CancellationToken ct) =>
        (await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(JobRow.FindById, new { Id = id.ToString() }, transaction, cancellationToken: ct)))?.ToJob();

    private static async Task<JobStanding> StandingAsync(SqliteConnection connection, SqliteTransaction? transaction, ResearchJob job, CancellationToken ct) =>
        CountRow.StandingOf(job, await connection.QueryAsync<CountRow>(
            new CommandDefinition(CountRow.Select, new { JobId = job.Id.ToString() }, transaction, cancellationToken: ct)));

    /// <summary>Brings the job up to what its companies are, and appends what that tells.</summary>
    private async Task SettleAsync(SqliteTransaction transaction, ResearchJob before, ResearchJob wanted, JobEventMaker events, CancellationToken ct)
    {
        var standing = await StandingAsync(transaction.Connection!, transaction, wanted, ct);
        var next = wanted.With(standing.Counts, clock.GetUtcNow());
        await ExecuteAsync(transaction, JobRow.Update, JobRow.Of(next), ct);
        await EventRows.AppendAsync(transaction, events(standing with { Job = next }, next.HasEnded && !before.HasEnded), clock.GetUtcNow(), ct);
    }

    private string Now() => TimeText.Of(clock.GetUtcNow());

    /// <summary>Wakes each pool that has new work; its loop takes all there is.</summary>
    private void Raise(IEnumerable<WorkItem> added)
    {
        foreach (var pool in added.Select(static item => item.Pool).Distinct(StringComparer.Ordinal))
        {
            signal.Raise(pool);
        }
    }
}
