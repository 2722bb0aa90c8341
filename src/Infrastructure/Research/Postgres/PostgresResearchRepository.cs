using Dapper;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Research;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Infrastructure.Research.Sql;
using Npgsql;

namespace Idp.Infrastructure.Research.Postgres;

/// <summary>Research in the PostgreSQL database. Whatever ends companies of a job takes the job's row first, so that the last of them sees all others.</summary>
internal sealed class PostgresResearchRepository(PostgresDatabase database, ProcessIdentity node, WorkSignal signal, TimeProvider clock) : IResearchRepository
{
    private const string TakeJob = JobRow.FindById + " FOR UPDATE";

    private const string InsertCompanies = """
        INSERT INTO research_companies (id, job_id, file_row, name, country, status, score, attempts, search_credits, updated_at, version)
        SELECT id, @JobId, file_row, name, country, @Status, -1, 1, 0, @Now, 0
        FROM unnest(@Ids, @Rows, @Names, @Countries) AS arrived (id, file_row, name, country)
        """;

    /// <inheritdoc />
    public async Task<ResearchJob> AddAsync(ResearchJob job, ValueList<CompanyArrival> companies, CancellationToken ct)
    {
        var number = 0L;
        await database.TryCommitAsync(
            async transaction =>
            {
                number = await transaction.ScalarAsync<long>(JobRow.Insert, JobRow.Of(job));
                await transaction.ExecuteAsync(
                    InsertCompanies,
                    new
                    {
                        JobId = job.Id.ToString(),
                        Status = EnumText<CompanyStatus>.Of(CompanyStatus.Queued),
                        Now = TimeText.Of(job.CreatedAt),
                        Ids = companies.Select(static arrival => arrival.Company.Id.ToString()).ToArray(),
                        Rows = companies.Select(static arrival => (long)arrival.Company.Row).ToArray(),
                        Names = companies.Select(static arrival => arrival.Company.Name).ToArray(),
                        Countries = companies.Select(static arrival => arrival.Company.Country).ToArray(),
                    });
                await WorkItemRows.AddAllAsync(transaction, [.. companies.Select(static arrival => arrival.FirstWork)]);
                return true;
            },
            ct);
        Raise(companies.Select(static arrival => arrival.FirstWork));
        return job with { Number = number };
    }

    /// <inheritdoc />
    public async Task<JobStanding?> FindAsync(JobId id, CancellationToken ct) => await database.ReadAsync(
        async connection => await FindJobAsync(connection, id, ct) is { } job ? await StandingAsync(connection, job, ct) : null, ct);

    /// <inheritdoc />
    public async Task<JobId?> FindByNumberAsync(long number, CancellationToken ct)
    {
        var id = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(new CommandDefinition(JobRow.FindByNumber, new { Number = number }, cancellationToken: ct)), ct);
        return id is null ? null : StrongId.Parse<JobId>(id);
    }

    /// <inheritdoc />
    public Task<ValueList<JobStanding>> ListAsync(JobId? before, int limit, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            var rows = await connection.QueryAsync<JobRow>(new CommandDefinition(
                JobRow.Select + (before is null ? "" : " WHERE id < @Before") + " ORDER BY id DESC LIMIT @Limit",
                new { Before = before?.ToString(), Limit = limit },
                cancellationToken: ct));
            var standings = new List<JobStanding>();
            foreach (var row in rows)
            {
                standings.Add(await StandingAsync(connection, row.ToJob(), ct));
            }

            return standings.ToValueList();
        },
        ct);

    /// <inheritdoc />
    public Task<CompanyAtWork?> FindCompanyAsync(CompanyId id, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            var row = await connection.QuerySingleOrDefaultAsync<CompanyRow>(new CommandDefinition(CompanyRow.FindById, new { Id = id.ToString() }, cancellationToken: ct));
            return row?.ToCompany() is { } company && await FindJobAsync(connection, company.JobId, ct) is { } job ? new CompanyAtWork(job, company) : null;
        },
        ct);

    /// <inheritdoc />
    public async Task<ValueList<Company>> ListCompaniesAsync(CompanyQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, CompanyQuery.MaximumLimit);
        var command = new CommandDefinition(CompanyRow.ListOf(query), CompanyRow.ParametersOf(query), cancellationToken: ct);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<CompanyRow>(command), ct);
        return rows.Select(static row => row.ToCompany()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<bool> SaveAsync(CompanyChange change, JobEventMaker events, CancellationToken ct)
    {
        var isSaved = await database.TryCommitAsync(
            async transaction =>
            {
                var job = change.Company.IsOpen ? null : await TakeJobAsync(transaction, change.Company.JobId);
                if (await transaction.ExecuteAsync(CompanyRow.Update, CompanyRow.Of(change.Company)) == 0
                    || !await WorkItemRows.TryFinishAsync(transaction, change.FinishedWork, node))
                {
                    return false;
                }

                if (change.NextWork is { } next)
                {
                    await WorkItemRows.AddAsync(transaction, next);
                }

                if (job is not null)
                {
                    await SettleAsync(transaction, job, job, events);
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
        await database.TryCommitAsync(
            async transaction =>
            {
                if (await TakeJobAsync(transaction, id) is not { } job)
                {
                    return false;
                }

                var ids = await transaction.QueryAsync<string>(CompanyRow.CancelOpen, new { JobId = id.ToString(), Now = Now() });
                cancelled = ids.Select(StrongId.Parse<CompanyId>).ToValueList();
                await transaction.ExecuteAsync(CompanyRow.DropCancelledWork, new { JobId = id.ToString() });
                await SettleAsync(transaction, job, job.Cancelled(), events);
                return true;
            },
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
                if (await TakeJobAsync(transaction, id) is not { } job)
                {
                    return false;
                }

                var parameters = new { JobId = id.ToString(), Now = Now(), Problem = CompanyRow.ProblemText(problem), StopsAnalyses = stopsAnalyses ? 1L : 0 };
                await transaction.ExecuteAsync(CompanyRow.DropWaitingWork, parameters);
                failed = await transaction.ExecuteAsync(CompanyRow.FailWithoutWork, parameters);
                await SettleAsync(transaction, job, job.Stopped(problem), events);
                return true;
            },
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
                if (await TakeJobAsync(transaction, id) is not { } job)
                {
                    return false;
                }

                var rows = await transaction.QueryAsync<CompanyRow>(CompanyRow.RequeueFailed, new { JobId = id.ToString(), Now = Now() });
                added.AddRange(rows.Select(row => workFor(row.ToCompany())));
                if (added.Count == 0)
                {
                    return false;
                }

                await WorkItemRows.AddAllAsync(transaction, added);
                await SettleAsync(transaction, job, job.Reopened(), static (_, _) => []);
                return true;
            },
            ct);
        Raise(added);
        return added.Count;
    }

    private static async Task<ResearchJob?> TakeJobAsync(PostgresTransaction transaction, JobId id) =>
        (await transaction.FindAsync<JobRow>(TakeJob, new { Id = id.ToString() }))?.ToJob();

    private static async Task<ResearchJob?> FindJobAsync(NpgsqlConnection connection, JobId id, CancellationToken ct) =>
        (await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(JobRow.FindById, new { Id = id.ToString() }, cancellationToken: ct)))?.ToJob();

    private static async Task<JobStanding> StandingAsync(NpgsqlConnection connection, ResearchJob job, CancellationToken ct) =>
        CountRow.StandingOf(job, await connection.QueryAsync<CountRow>(new CommandDefinition(CountRow.Select, new { JobId = job.Id.ToString() }, cancellationToken: ct)));

    /// <summary>Brings the job up to what its companies are, and appends what that tells. The job's row must be taken.</summary>
    private async Task SettleAsync(PostgresTransaction transaction, ResearchJob before, ResearchJob wanted, JobEventMaker events)
    {
        var standing = CountRow.StandingOf(wanted, await transaction.QueryAsync<CountRow>(CountRow.Select, new { JobId = wanted.Id.ToString() }));
        var next = wanted.With(standing.Counts, clock.GetUtcNow());
        await transaction.ExecuteAsync(JobRow.Update, JobRow.Of(next));
        transaction.Append(events(standing with { Job = next }, next.HasEnded && !before.HasEnded));
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
