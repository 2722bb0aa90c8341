using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Retrieval.Sql;
using Npgsql;

namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>Chunks in the PostgreSQL database: an inverted index over our own terms finds candidates.</summary>
internal sealed class PostgresChunkIndex(PostgresDatabase database) : IChunkIndex
{
    /// <summary>Locked, so that the document stays until its chunks are there, and before them, as whoever deletes it does.</summary>
    private const string LockDocument = "SELECT id FROM documents WHERE id = @Id FOR KEY SHARE";

    private const string InsertAll = """
        INSERT INTO chunks (id, document_id, ordinal, file_name, headings, text, places, tokens, words, parts, title_words, length, terms)
        SELECT id, @Document, ordinal, file_name, headings, text, places, tokens, words, parts, title_words, length,
            array_to_tsvector(array_remove(string_to_array(words || ' ' || parts || ' ' || title_words, ' '), ''))
        FROM unnest(@Ids, @Ordinals, @FileNames, @Headings, @Texts, @Places, @Tokens, @Words, @Parts, @TitleWords, @Lengths)
            AS added (id, ordinal, file_name, headings, text, places, tokens, words, parts, title_words, length)
        ORDER BY ordinal
        """;

    private const string CountHaving = """
        SELECT asked.term AS Term, (SELECT count(*) FROM chunks WHERE chunks.terms @@ asked.expression::tsquery) AS Passages
        FROM unnest(@Terms, @Expressions) AS asked (term, expression)
        """;

    /// <inheritdoc />
    public Task<bool> ReplaceAsync(DocumentId document, ValueList<IndexedChunk> chunks, CancellationToken ct)
    {
        var parameters = ParametersOf(document, chunks);
        return database.TryCommitAsync(
            async transaction =>
            {
                if (await transaction.ScalarAsync<string>(LockDocument, new { Id = document.ToString() }) is null)
                {
                    return false;
                }

                await transaction.ExecuteAsync(ChunkRow.DeleteOfDocument, new { Id = document.ToString() });
                await transaction.ExecuteAsync(InsertAll, parameters);
                return true;
            },
            ct);
    }

    /// <inheritdoc />
    public Task RemoveAsync(DocumentId document, CancellationToken ct) => database.WriteAsync(ChunkRow.DeleteOfDocument, new { Id = document.ToString() }, ct);

    /// <inheritdoc />
    public async Task<ValueList<IndexedChunk>> ListAsync(DocumentId document, CancellationToken ct)
    {
        var command = new CommandDefinition(ChunkRow.OfDocument, new { Id = document.ToString() }, cancellationToken: ct);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<ChunkRow>(command), ct);
        return rows.Select(static row => row.ToChunk()).ToValueList();
    }

    /// <inheritdoc />
    public Task<ChunkMatches> SearchAsync(SearchQuestion question, SearchFilter filter, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IChunkIndex.MaximumLimit);
        return database.ReadAsync(connection => SearchAsync(connection, question, filter, limit, ct), ct);
    }

    private static async Task<ChunkMatches> SearchAsync(NpgsqlConnection connection, SearchQuestion question, SearchFilter filter, int limit, CancellationToken ct)
    {
        var statistics = await StatisticsAsync(connection, question, ct);
        if (CandidateTerms.Of(question, statistics) is not { Count: > 0 } terms)
        {
            return new ChunkMatches([], statistics);
        }

        var candidates = await CandidatesAsync(connection, question, terms, statistics, filter, ct);
        var ranked = CandidateRow.Rank(candidates, question, statistics, limit);
        var chunks = (await connection.QueryAsync<ChunkRow>(new CommandDefinition(
                ChunkRow.Select + " WHERE number = ANY(@Numbers)", new { Numbers = ranked.Select(static match => match.Number).ToArray() }, cancellationToken: ct)))
            .ToDictionary(static row => row.Number);
        return new ChunkMatches(
            ranked.Where(match => chunks.ContainsKey(match.Number)).Select(match => new ChunkMatch(chunks[match.Number].ToChunk(), match.Score)).ToValueList(), statistics);
    }

    private static async Task<CollectionStatistics> StatisticsAsync(NpgsqlConnection connection, SearchQuestion question, CancellationToken ct)
    {
        var totals = await connection.QuerySingleAsync<TotalsRow>(new CommandDefinition(TotalsRow.Find, cancellationToken: ct));
        var terms = question.Terms.Select(static term => term.Term).Concat(question.Prefixes.Select(static prefix => prefix + "*")).ToArray();
        var having = await connection.QueryAsync<HavingRow>(new CommandDefinition(
            CountHaving, new { Terms = terms, Expressions = terms.Select(ExpressionOf).ToArray() }, cancellationToken: ct));
        return totals.With(having.ToDictionary(static row => row.Term, static row => row.Passages, StringComparer.Ordinal));
    }

    /// <summary>Those that have the rarest terms; the index does not know how often a passage has one.</summary>
    private static Task<IEnumerable<CandidateRow>> CandidatesAsync(
        NpgsqlConnection connection, SearchQuestion question, IReadOnlyList<string> terms, CollectionStatistics statistics, SearchFilter filter, CancellationToken ct)
    {
        var parameters = new DynamicParameters();
        var conditions = FilterSql.Conditions(filter, parameters);
        var all = question.Phrases.SelectMany(static phrase => phrase).Distinct(StringComparer.Ordinal).Select(ExpressionOf).ToList();
        parameters.Add("Expression", $"({string.Join(" | ", terms.Select(ExpressionOf))}){(all.Count == 0 ? string.Empty : " & " + string.Join(" & ", all))}");
        parameters.Add("Expressions", terms.Select(ExpressionOf).ToArray());
        parameters.Add("Rarities", terms.Select(term => PassageRanking.RarityOf(statistics.Having[term], statistics.Passages)).ToArray());
        parameters.Add("Most", CandidateTerms.MostCandidates);
        return connection.QueryAsync<CandidateRow>(new CommandDefinition(
            $"""
            {CandidateRow.Select}{FilterSql.Join(filter)}
            WHERE chunks.terms @@ @Expression::tsquery{conditions}
            ORDER BY (SELECT sum(rarity) FROM unnest(@Expressions, @Rarities) AS asked (expression, rarity) WHERE chunks.terms @@ asked.expression::tsquery) DESC, length, number
            LIMIT @Most
            """,
            parameters,
            cancellationToken: ct));
    }

    /// <summary>A term as PostgreSQL reads it in a question.</summary>
    private static string ExpressionOf(string term) => term[^1] == '*' ? $"{Quote(term[..^1])}:*" : Quote(term);

    private static string Quote(string term) => $"'{term.Replace("'", "''", StringComparison.Ordinal)}'";

    private static object ParametersOf(DocumentId document, ValueList<IndexedChunk> chunks)
    {
        var rows = chunks.Select(static chunk => (Row: ChunkRow.Of(chunk), Terms: ChunkRow.TermsOf(chunk))).ToList();
        return new
        {
            Document = document.ToString(),
            Ids = rows.Select(static row => row.Row.Id).ToArray(),
            Ordinals = rows.Select(static row => row.Row.Ordinal).ToArray(),
            FileNames = rows.Select(static row => row.Row.FileName).ToArray(),
            Headings = rows.Select(static row => row.Row.Headings).ToArray(),
            Texts = rows.Select(static row => row.Row.Text).ToArray(),
            Places = rows.Select(static row => row.Row.Places).ToArray(),
            Tokens = rows.Select(static row => row.Row.Tokens).ToArray(),
            Words = rows.Select(static row => row.Terms.Words).ToArray(),
            Parts = rows.Select(static row => row.Terms.Parts).ToArray(),
            TitleWords = rows.Select(static row => row.Terms.Headings).ToArray(),
            Lengths = rows.Select(static row => (long)row.Terms.Length).ToArray(),
        };
    }

    private sealed record HavingRow
    {
        public string Term { get; init; } = string.Empty;

        public long Passages { get; init; }
    }
}
