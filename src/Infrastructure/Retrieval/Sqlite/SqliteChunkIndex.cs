using System.Text.Json;
using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Retrieval.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Retrieval.Sqlite;

/// <summary>Chunks in the SQLite database: FTS5 over our own terms finds candidates.</summary>
internal sealed class SqliteChunkIndex(SqliteDatabase database) : IChunkIndex
{
    private const string IsThere = "SELECT count(*) FROM documents WHERE id = @Id";

    private const string Insert = """
        INSERT INTO chunks (id, document_id, ordinal, file_name, headings, text, places, tokens, words, parts, title_words, length)
        VALUES (@Id, @DocumentId, @Ordinal, @FileName, @Headings, @Text, @Places, @Tokens, @Words, @Parts, @TitleWords, @Length)
        """;

    private const string CountHaving = "SELECT term AS Term, doc AS Passages FROM chunk_vocabulary WHERE term IN (SELECT value FROM json_each(@Terms))";

    private const string CountMatching = "SELECT count(*) FROM chunk_terms WHERE chunk_terms MATCH @Expression";

    /// <inheritdoc />
    public Task<bool> ReplaceAsync(DocumentId document, ValueList<IndexedChunk> chunks, CancellationToken ct)
    {
        // The writer is everybody's: what takes long is done before.
        var rows = chunks.Select(ParametersOf).ToList();
        return database.TryCommitAsync(
            async transaction =>
            {
                if (await transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition(IsThere, new { Id = document.ToString() }, transaction, cancellationToken: ct)) == 0)
                {
                    return false;
                }

                await RemoveAsync(transaction, document, ct);
                foreach (var row in rows)
                {
                    await transaction.Connection!.ExecuteAsync(new CommandDefinition(Insert, row, transaction, cancellationToken: ct));
                }

                return true;
            },
            ct);
    }

    /// <inheritdoc />
    public Task RemoveAsync(DocumentId document, CancellationToken ct) => database.TryCommitAsync(
        async transaction => await RemoveAsync(transaction, document, ct) > 0, ct);

    /// <inheritdoc />
    public async Task<ValueList<IndexedChunk>> ListAsync(DocumentId document, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<ChunkRow>(new CommandDefinition(ChunkRow.OfDocument, new { Id = document.ToString() }, cancellationToken: ct));
        return rows.Select(static row => row.ToChunk()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<ChunkMatches> SearchAsync(SearchQuestion question, SearchFilter filter, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IChunkIndex.MaximumLimit);
        await using var connection = await database.OpenAsync(ct);
        var statistics = await StatisticsAsync(connection, question, ct);
        if (CandidateTerms.Of(question, statistics) is not { Count: > 0 } terms)
        {
            return new ChunkMatches([], statistics);
        }

        var candidates = await CandidatesAsync(connection, question, terms, filter, ct);
        var ranked = CandidateRow.Rank(candidates, question, statistics, limit);
        var chunks = (await connection.QueryAsync<ChunkRow>(new CommandDefinition(
                ChunkRow.Select + " WHERE number IN (SELECT value FROM json_each(@Numbers))", new { Numbers = $"[{string.Join(',', ranked.Select(static match => match.Number))}]" },
                cancellationToken: ct)))
            .ToDictionary(static row => row.Number);
        return new ChunkMatches(
            ranked.Where(match => chunks.ContainsKey(match.Number)).Select(match => new ChunkMatch(chunks[match.Number].ToChunk(), match.Score)).ToValueList(), statistics);
    }

    private static async Task<int> RemoveAsync(SqliteTransaction transaction, DocumentId document, CancellationToken ct) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(ChunkRow.DeleteOfDocument, new { Id = document.ToString() }, transaction, cancellationToken: ct));

    private static object ParametersOf(IndexedChunk chunk)
    {
        var (row, terms) = (ChunkRow.Of(chunk), ChunkRow.TermsOf(chunk));
        return new
        {
            row.Id,
            row.DocumentId,
            row.Ordinal,
            row.FileName,
            row.Headings,
            row.Text,
            row.Places,
            row.Tokens,
            terms.Words,
            terms.Parts,
            TitleWords = terms.Headings,
            Length = (long)terms.Length,
        };
    }

    private static async Task<CollectionStatistics> StatisticsAsync(SqliteConnection connection, SearchQuestion question, CancellationToken ct)
    {
        var totals = await connection.QuerySingleAsync<TotalsRow>(new CommandDefinition(TotalsRow.Find, cancellationToken: ct));
        var terms = JsonSerializer.Serialize(question.Terms.Select(static term => term.Term).ToValueList(), KnowledgeColumnsJson.Default.ValueListString);
        var having = (await connection.QueryAsync<HavingRow>(new CommandDefinition(CountHaving, new { Terms = terms }, cancellationToken: ct)))
            .ToDictionary(static row => row.Term, static row => row.Passages, StringComparer.Ordinal);
        foreach (var prefix in question.Prefixes)
        {
            having[prefix + "*"] = await connection.ExecuteScalarAsync<long>(new CommandDefinition(CountMatching, new { Expression = Quote(prefix) + "*" }, cancellationToken: ct));
        }

        return totals.With(having);
    }

    private static Task<IEnumerable<CandidateRow>> CandidatesAsync(
        SqliteConnection connection, SearchQuestion question, IReadOnlyList<string> terms, SearchFilter filter, CancellationToken ct)
    {
        var parameters = new DynamicParameters();
        var conditions = FilterSql.Conditions(filter, parameters);
        var join = filter.IsNone ? string.Empty : " JOIN chunks ON chunks.number = chunk_terms.rowid" + FilterSql.Join(filter);
        parameters.Add("Expression", ExpressionOf(question, terms));
        parameters.Add("Most", CandidateTerms.MostCandidates);
        return connection.QueryAsync<CandidateRow>(new CommandDefinition(
            $"""
            {CandidateRow.Select} WHERE number IN (
                SELECT chunk_terms.rowid FROM chunk_terms{join}
                WHERE chunk_terms MATCH @Expression{conditions}
                ORDER BY chunk_terms.rank LIMIT @Most)
            """,
            parameters,
            cancellationToken: ct));
    }

    /// <summary>Any of the terms, and all of those in phrases.</summary>
    private static string ExpressionOf(SearchQuestion question, IEnumerable<string> terms)
    {
        var any = string.Join(" OR ", terms.Select(static term => term[^1] == '*' ? Quote(term[..^1]) + "*" : Quote(term)));
        var all = string.Join(" AND ", question.Phrases.SelectMany(static phrase => phrase).Distinct(StringComparer.Ordinal).Select(Quote));
        return all.Length == 0 ? any : $"({any}) AND {all}";
    }

    /// <summary>Terms hold letters, digits, points, commas and apostrophes: nothing that ends a quote.</summary>
    private static string Quote(string term) => $"\"{term}\"";

    private sealed record HavingRow
    {
        public string Term { get; init; } = string.Empty;

        public long Passages { get; init; }
    }
}
