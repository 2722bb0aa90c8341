using Dapper;
using Idp.Application.Kernel.Ai;
using Idp.Infrastructure.Kernel.Sql.Sqlite;

namespace Idp.Infrastructure.Kernel.Ai.Sqlite;

/// <summary>Learned limits in a table; one statement keeps the smaller.</summary>
internal sealed class SqliteModelLimitStore(SqliteDatabase database) : IModelLimitStore
{
    private const string Find = """
        SELECT input_tokens AS InputTokens, output_tokens AS OutputTokens FROM model_limits
        WHERE provider = @Provider AND endpoint = @Endpoint AND model = @Model
        """;

    // min() of a null is null in SQLite, so each side stands in for the other.
    private const string Learn = """
        INSERT INTO model_limits (provider, endpoint, model, input_tokens, output_tokens)
        VALUES (@Provider, @Endpoint, @Model, @InputTokens, @OutputTokens)
        ON CONFLICT (provider, endpoint, model) DO UPDATE SET
            input_tokens = min(coalesce(input_tokens, excluded.input_tokens), coalesce(excluded.input_tokens, input_tokens)),
            output_tokens = min(coalesce(output_tokens, excluded.output_tokens), coalesce(excluded.output_tokens, output_tokens))
        """;

    /// <inheritdoc />
    public async Task<LearnedLimits> FindAsync(ModelIdentity model, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            Find, new { model.Provider, model.Endpoint, model.Model }, cancellationToken: ct)) is { } row
                ? new LearnedLimits((int?)row.InputTokens, (int?)row.OutputTokens)
                : LearnedLimits.None;
    }

    /// <inheritdoc />
    public Task LearnAsync(ModelIdentity model, LearnedLimits limits, CancellationToken ct) => database.WriteAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(
            Learn,
            new { model.Provider, model.Endpoint, model.Model, InputTokens = (long?)limits.InputTokens, OutputTokens = (long?)limits.OutputTokens },
            cancellationToken: ct)),
        ct);

    /// <summary>Set by name: SQLite names no types for columns that are null.</summary>
    private sealed record Row
    {
        public long? InputTokens { get; init; }

        public long? OutputTokens { get; init; }
    }
}
