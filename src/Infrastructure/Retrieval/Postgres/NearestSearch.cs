using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Retrieval.Vectors;
using Npgsql;

namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>Finds candidates in the database, where it has an index for vectors of their length.</summary>
internal sealed class NearestSearch(PostgresDatabase database, NearestIndexes indexes)
{
    /// <summary>So many vectors are compared one by one, in a few tens of milliseconds; among more the index is faster.</summary>
    private const int Narrow = 5_000;

    /// <summary>The vectors that are probably nearest: all, where a filter leaves few.</summary>
    /// <param name="question">Of length 1.</param>
    /// <param name="space">Its space.</param>
    /// <param name="filter">Where to search.</param>
    /// <param name="most">The most that are given.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null where the database has no index for them.</returns>
    public Task<IReadOnlyList<VectorRow>?> FindAsync(float[] question, VectorSpace space, SearchFilter filter, int most, CancellationToken ct) => database.ReadAsync(
        async connection => await indexes.AreReadyAsync(connection, question.Length, ct)
            ? await (filter.IsNone ? FindAnywhereAsync(connection, question, space, most, ct) : FindFilteredAsync(connection, question, space, filter, most, ct))
            : null,
        ct);

    private static async Task<IReadOnlyList<VectorRow>> FindAnywhereAsync(NpgsqlConnection connection, float[] question, VectorSpace space, int most, CancellationToken ct)
    {
        var parameters = new { Question = question, Space = space.Name, Most = most };
        var found = await FindByIndexAsync(connection, NearestSql.FindByIndex(question.Length, NearestSql.InSpace), parameters, ct);

        // There are no more, or another space stands before this one.
        return found.Count < most ? await ReadAsync(connection, NearestSql.FindByAll(question.Length, NearestSql.InAllOfSpace), parameters, null, ct) : found;
    }

    private static async Task<IReadOnlyList<VectorRow>> FindFilteredAsync(
        NpgsqlConnection connection, float[] question, VectorSpace space, SearchFilter filter, int most, CancellationToken ct)
    {
        var filtered = new DynamicParameters(new { Space = space.Name });
        var listing = VectorSql.ListFiltered("chunks.version", filter, filtered);
        var versions = (await connection.QueryAsync<long>(new CommandDefinition(listing, filtered, cancellationToken: ct))).ToArray();
        var count = await connection.ExecuteScalarAsync<long>(new CommandDefinition(NearestSql.CountInVersions, new { Versions = versions, Most = Narrow + 1 }, cancellationToken: ct));
        var parameters = new { Question = question, Versions = versions, Most = most };
        if (count > Narrow
            && await FindByIndexAsync(connection, NearestSql.FindByIndex(question.Length, NearestSql.InVersions), parameters, ct) is { } found && found.Count == most)
        {
            return found;
        }

        return await ReadAsync(connection, NearestSql.FindByAll(question.Length, NearestSql.InVersions), parameters, null, ct);
    }

    private static async Task<IReadOnlyList<VectorRow>> FindByIndexAsync(NpgsqlConnection connection, string sql, object parameters, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(NearestSql.PreferIndex, transaction: transaction, cancellationToken: ct));
        var found = await ReadAsync(connection, sql, parameters, transaction, ct);
        await transaction.CommitAsync(ct);
        return found;
    }

    private static async Task<IReadOnlyList<VectorRow>> ReadAsync(NpgsqlConnection connection, string sql, object parameters, NpgsqlTransaction? transaction, CancellationToken ct) =>
        (await connection.QueryAsync<VectorRow>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct))).AsList();
}
