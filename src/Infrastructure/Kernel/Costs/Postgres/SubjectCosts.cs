using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Costs.Postgres;

/// <summary>What subjects cost; those of which nothing is known are missing.</summary>
internal static class SubjectCosts
{
    private static readonly string Read = CostSums.OfSubjects("= ANY(@Subjects)");

    /// <summary>As committed.</summary>
    public static async Task<IReadOnlyDictionary<string, CostSummary>> OfAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        CostSums.ToSummaries(await connection.QueryAsync<CostRow>(new CommandDefinition(Read, new { Subjects = subjects.ToArray() }, cancellationToken: ct)));

    /// <summary>As a transaction under way sees it.</summary>
    public static async Task<IReadOnlyDictionary<string, CostSummary>> OfAsync(PostgresTransaction transaction, IReadOnlyCollection<string> subjects) =>
        CostSums.ToSummaries(await transaction.QueryAsync<CostRow>(Read, new { Subjects = subjects.ToArray() }));
}
