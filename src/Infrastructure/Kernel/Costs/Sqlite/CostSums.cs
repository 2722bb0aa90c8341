using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>Adds up what calls cost and what runs saved.</summary>
internal static class CostSums
{
    // What was sent and not answered yet may be on the provider's bill already.
    private const string OfCalls = """
        cost + possibly_paid + CASE try_state WHEN 'sent' THEN held ELSE 0 END AS amount,
        state = 'answered' AS calls, unanswered, 0 AS pages, input_tokens, output_tokens,
        estimated OR possibly_paid > 0 OR (try_state = 'sent' AND held > 0) AS estimated
        """;

    private const string OfPages = """
        0 AS amount, 0 AS calls, 0 AS unanswered, pages, 0 AS input_tokens, 0 AS output_tokens, 0 AS estimated
        """;

    private const string Sums = """
        coalesce(sum(amount), 0) AS Amount, coalesce(sum(calls), 0) AS Calls, coalesce(sum(unanswered), 0) AS Unanswered,
        max(coalesce(sum(pages), 0) - coalesce(sum(calls), 0), 0) AS CallsSaved, coalesce(sum(input_tokens), 0) AS InputTokens,
        coalesce(sum(output_tokens), 0) AS OutputTokens, coalesce(max(estimated), 0) AS Estimated
        """;

    private const string OfSubjects = $"""
        SELECT owner AS Owner, {Sums} FROM (
            SELECT subject AS owner, {OfCalls} FROM calls WHERE subject IN (SELECT value FROM json_each(@Subjects))
            UNION ALL
            SELECT batch, {OfCalls} FROM calls WHERE batch IN (SELECT value FROM json_each(@Subjects)) AND batch <> subject
            UNION ALL
            SELECT subject, {OfPages} FROM pages_read WHERE subject IN (SELECT value FROM json_each(@Subjects))
            UNION ALL
            SELECT batch, {OfPages} FROM pages_read WHERE batch IN (SELECT value FROM json_each(@Subjects)) AND batch <> subject)
        GROUP BY owner
        """;

    private const string All = $"""
        SELECT day, model, batch, subject AS document, {OfCalls} FROM calls
        UNION ALL
        SELECT day, model, batch, subject, {OfPages} FROM pages_read
        """;

    /// <summary>What subjects cost; those of which nothing is known are missing.</summary>
    public static async Task<IReadOnlyDictionary<string, CostSummary>> OfSubjectsAsync(
        SqliteConnection connection, SqliteTransaction? transaction, IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        (await connection.QueryAsync<Row>(new CommandDefinition(
            OfSubjects, new { Subjects = CallColumnsJson.OfTexts(subjects) }, transaction, cancellationToken: ct)))
        .ToDictionary(static row => row.Owner, static row => row.ToSummary(), StringComparer.Ordinal);

    /// <summary>What everything cost, a line for each value of the groupings.</summary>
    public static async Task<ValueList<UsageLine>> GroupedAsync(SqliteConnection connection, ValueList<UsageGrouping> groupings, CancellationToken ct)
    {
        var columns = groupings.Select(ColumnOf).ToList();
        var sql = columns.Count == 0
            ? $"SELECT {Sums} FROM ({All})"
            : $"SELECT {string.Join(", ", columns.Select(static (column, index) => $"{column} AS Key{index}"))}, {Sums} FROM ({All}) "
                + $"GROUP BY {string.Join(", ", columns)} ORDER BY {string.Join(", ", columns)}";
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, cancellationToken: ct));
        return rows.Select(row => new UsageLine(row.Keys.Take(columns.Count).ToValueList(), row.ToSummary())).ToValueList();
    }

    private static string ColumnOf(UsageGrouping grouping) => grouping switch
    {
        UsageGrouping.Day => "day",
        UsageGrouping.Model => "model",
        UsageGrouping.Batch => "batch",
        UsageGrouping.Document => "document",
    };

    /// <summary>Set by name: SQLite names no types for what it computes.</summary>
    private sealed record Row
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

        public CostSummary ToSummary() =>
            new(new Money(Amount), (int)Calls, (int)Unanswered, (int)CallsSaved, InputTokens, OutputTokens, Estimated != 0);
    }
}
