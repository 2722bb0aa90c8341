using Dapper;
using Idp.Application.Kernel.Ai;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Ai.Postgres;

/// <summary>Learned limits in a table that the nodes share; one statement keeps the smaller.</summary>
internal sealed class PostgresModelLimitStore(PostgresDatabase database) : IModelLimitStore
{
    private const string Find = """
        SELECT input_tokens AS InputTokens, output_tokens AS OutputTokens FROM model_limits
        WHERE provider = @Provider AND endpoint = @Endpoint AND model = @Model
        """;

    // least() passes over nulls.
    private const string Learn = """
        INSERT INTO model_limits (provider, endpoint, model, input_tokens, output_tokens)
        VALUES (@Provider, @Endpoint, @Model, @InputTokens, @OutputTokens)
        ON CONFLICT (provider, endpoint, model) DO UPDATE SET
            input_tokens = least(model_limits.input_tokens, excluded.input_tokens),
            output_tokens = least(model_limits.output_tokens, excluded.output_tokens)
        """;

    /// <inheritdoc />
    public async Task<LearnedLimits> FindAsync(ModelIdentity model, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                Find, new { model.Provider, model.Endpoint, model.Model }, cancellationToken: ct)),
            ct);
        return row is null ? LearnedLimits.None : new LearnedLimits((int?)row.InputTokens, (int?)row.OutputTokens);
    }

    /// <inheritdoc />
    public Task LearnAsync(ModelIdentity model, LearnedLimits limits, CancellationToken ct) => database.WriteAsync(
        Learn,
        new { model.Provider, model.Endpoint, model.Model, InputTokens = (long?)limits.InputTokens, OutputTokens = (long?)limits.OutputTokens },
        ct);

    private sealed record Row(long? InputTokens, long? OutputTokens);
}
