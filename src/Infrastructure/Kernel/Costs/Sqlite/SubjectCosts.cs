using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>What subjects cost.</summary>
internal static class SubjectCosts
{
    private static readonly string Read = CostSums.OfSubjects("IN (SELECT value FROM json_each(@Subjects))");

    /// <summary>What subjects cost; those of which nothing is known are missing.</summary>
    public static async Task<IReadOnlyDictionary<string, CostSummary>> OfAsync(
        SqliteConnection connection, SqliteTransaction? transaction, IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        CostSums.ToSummaries(await connection.QueryAsync<CostRow>(new CommandDefinition(
            Read, new { Subjects = CallColumnsJson.OfTexts(subjects) }, transaction, cancellationToken: ct)));
}
