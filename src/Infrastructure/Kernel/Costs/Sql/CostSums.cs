using System.Data.Common;
using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Costs.Sql;

/// <summary>Adds up what calls cost and what runs saved; the same in both databases.</summary>
internal static class CostSums
{
    // What was sent and not answered yet may be on the provider's bill already. Calls for vectors read no page, and are not held against the calls that were saved.
    private const string OfCalls = """
        cost + possibly_paid + CASE try_state WHEN 'sent' THEN held ELSE 0 END AS amount,
        CASE state WHEN 'answered' THEN 1 ELSE 0 END AS calls, CASE WHEN state = 'answered' AND task <> 'embedding' THEN 1 ELSE 0 END AS reading_calls,
        unanswered, 0 AS pages, input_tokens, output_tokens,
        CASE WHEN estimated > 0 OR possibly_paid > 0 OR (try_state = 'sent' AND held > 0) THEN 1 ELSE 0 END AS estimated
        """;

    private const string OfPages = """
        0 AS amount, 0 AS calls, 0 AS reading_calls, 0 AS unanswered, pages, 0 AS input_tokens, 0 AS output_tokens, 0 AS estimated
        """;

    // Cast, because sums of whole numbers are decimal numbers in PostgreSQL.
    private const string Sums = """
        CAST(coalesce(sum(amount), 0) AS BIGINT) AS Amount, CAST(coalesce(sum(calls), 0) AS BIGINT) AS Calls,
        CAST(coalesce(sum(unanswered), 0) AS BIGINT) AS Unanswered,
        CAST(CASE WHEN sum(pages) > sum(reading_calls) THEN sum(pages) - sum(reading_calls) ELSE 0 END AS BIGINT) AS CallsSaved,
        CAST(coalesce(sum(input_tokens), 0) AS BIGINT) AS InputTokens, CAST(coalesce(sum(output_tokens), 0) AS BIGINT) AS OutputTokens,
        CAST(coalesce(max(estimated), 0) AS BIGINT) AS Estimated
        """;

    private const string All = $"""
        SELECT day, model, batch, subject AS document, {OfCalls} FROM calls
        UNION ALL
        SELECT day, model, batch, subject, {OfPages} FROM pages_read
        """;

    /// <summary>Sums of subjects.</summary>
    /// <param name="areSubjects">How the database says that a column is among the texts of the parameter <c>Subjects</c>, e.g. <c>= ANY(@Subjects)</c>.</param>
    public static string OfSubjects(string areSubjects) => $"""
        SELECT owner AS Owner, {Sums} FROM (
            SELECT subject AS owner, {OfCalls} FROM calls WHERE subject {areSubjects}
            UNION ALL
            SELECT batch, {OfCalls} FROM calls WHERE batch {areSubjects} AND batch <> subject
            UNION ALL
            SELECT subject, {OfPages} FROM pages_read WHERE subject {areSubjects}
            UNION ALL
            SELECT batch, {OfPages} FROM pages_read WHERE batch {areSubjects} AND batch <> subject) AS parts
        GROUP BY owner
        """;

    /// <summary>What rows of <see cref="OfSubjects"/> say; subjects of which nothing is known are missing.</summary>
    public static IReadOnlyDictionary<string, CostSummary> ToSummaries(IEnumerable<CostRow> rows) =>
        rows.ToDictionary(static row => row.Owner, static row => row.ToSummary(), StringComparer.Ordinal);

    /// <summary>What everything cost, a line for each value of the groupings.</summary>
    public static async Task<ValueList<UsageLine>> GroupedAsync(DbConnection connection, ValueList<UsageGrouping> groupings, CancellationToken ct)
    {
        var columns = groupings.Select(ColumnOf).ToList();
        var sql = columns.Count == 0
            ? $"SELECT {Sums} FROM ({All}) AS parts"
            : $"SELECT {string.Join(", ", columns.Select(static (column, index) => $"{column} AS Key{index}"))}, {Sums} FROM ({All}) AS parts "
                + $"GROUP BY {string.Join(", ", columns)} ORDER BY {string.Join(", ", columns.Select(static column => $"{column} NULLS FIRST"))}";
        var rows = await connection.QueryAsync<CostRow>(new CommandDefinition(sql, cancellationToken: ct));
        return rows.Select(row => new UsageLine(row.Keys.Take(columns.Count).ToValueList(), row.ToSummary())).ToValueList();
    }

    private static string ColumnOf(UsageGrouping grouping) => grouping switch
    {
        UsageGrouping.Day => "day",
        UsageGrouping.Model => "model",
        UsageGrouping.Batch => "batch",
        UsageGrouping.Document => "document",
    };
}

/// <summary>One line of sums; set by name, because SQLite names no types for what it computes.</summary>
internal sealed record CostRow
{
    public string Owner { get; init; } = string.Empty;

    public string? Key0 { get; init; }

    public string? Key1 { get; init; }

    public string? Key2 { get; init; }

    public string? Key3 { get; init; }

    public IEnumerable<string?> Keys => [Key0, Key1, Key2, Key3];

    public long Amount { get; init; }

    public long Calls { get; init; }

    public long Unanswered { get; init; }

    public long CallsSaved { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long Estimated { get; init; }

    /// <summary>The sums as the ledger gives them.</summary>
    public CostSummary ToSummary() =>
        new(new Money(Amount), (int)Calls, (int)Unanswered, (int)CallsSaved, InputTokens, OutputTokens, Estimated != 0);
}
