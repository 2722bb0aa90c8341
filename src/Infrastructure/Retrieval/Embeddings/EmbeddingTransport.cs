using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Ai.OpenAi;
using Idp.Infrastructure.Kernel.Providers;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Retrieval.Embeddings;

/// <summary>One try over HTTP: the texts are the sections of the request, the reply is their vectors as text.</summary>
internal sealed class EmbeddingTransport(OpenAiConnection connection, EmbeddingOptions options, TimeProvider clock, ILogger<EmbeddingTransport> logger) : IModelTransport, IDisposable
{
    private const int MostReplyBytes = 128 * 1024 * 1024;
    private const int MostErrorBytes = 64 * 1024;

    private readonly BoundedExchange _exchange = new(options.TimeoutSeconds, "EMBEDDING__TIMEOUT_SECONDS", clock);

    /// <inheritdoc />
    public Task<ModelExchange> SendAsync(ModelCall call, CancellationToken ct) => _exchange.RunAsync(
        async token =>
        {
            await call.Tries.MarkSentAsync(ct);
            return await ExchangeAsync(call.Request, token);
        },
        ModelExchange.Lost,
        ct);

    /// <inheritdoc />
    public void Dispose() => connection.Dispose();

    /// <summary>Reads a reply; null when it is not one vector of the same length for each text.</summary>
    internal static ModelReply? Read(ReadOnlySpan<byte> body, ModelRequest request)
    {
        EmbeddingReply? reply;
        try
        {
            reply = JsonSerializer.Deserialize(body, EmbeddingJson.Default.EmbeddingReply);
        }
        catch (JsonException)
        {
            return null;
        }

        if (reply?.Data is not { } data || data.Count != request.Sections.Count)
        {
            return null;
        }

        var vectors = new float[data.Count][];
        for (var place = 0; place < data.Count; place++)
        {
            var index = data[place]?.Index ?? place;
            if (data[place]?.Embedding is not { Length: > 0 } numbers || index < 0 || index >= vectors.Length || vectors[index] is not null || UnitVector.Of(numbers) is not { } unit)
            {
                return null;
            }

            vectors[index] = unit;
        }

        if (Array.Exists(vectors, vector => vector.Length != vectors[0].Length))
        {
            return null;
        }

        var usage = (reply.Usage?.PromptTokens ?? reply.Usage?.TotalTokens) is { } tokens and >= 0
            ? new TokenUsage(tokens, 0)
            : new TokenUsage(request.InputTokenBound, 0, Estimated: true);
        return new ModelReply(VectorText.Of(vectors), ModelStop.Finished, usage, request.Sections.Select(static section => section.Page).ToValueList());
    }

    private async Task<ModelExchange> ExchangeAsync(ModelRequest request, CancellationToken ct)
    {
        // Lists of numbers are longer than Base64, but every server has them.
        var body = new EmbeddingRequest(options.Model, [.. request.Sections.Select(static section => section.Text)], "float", options.Dimensions);
        using var response = await connection.EmbedAsync(body, ct);
        var limits = ProviderHeaders.Limits(response.Headers);
        if (response.IsSuccessStatusCode)
        {
            var (bytes, isWhole) = await BoundedBody.ReadAsync(response.Content, MostReplyBytes, ct);
            return new ModelExchange(isWhole && Read(bytes, request) is { } reply ? reply : ModelErrors.BrokenAnswer(), limits);
        }

        var error = ProviderError.Read((await BoundedBody.ReadAsync(response.Content, MostErrorBytes, ct)).Bytes);
        var failure = IsTooLarge((int)response.StatusCode, error)
            ? ModelErrors.InputTooLarge()
            : ProviderFailures.Classify((int)response.StatusCode, error, ProviderHeaders.RetryAfter(response.Headers, clock.GetUtcNow()));
        if (failure.Kind is ErrorKind.RateLimited)
        {
            logger.Throttled((int)response.StatusCode, failure.RetryAfter?.TotalSeconds);
        }
        else
        {
            logger.RequestRefused((int)response.StatusCode, ProviderError.Shown(error.Type), ProviderError.Shown(error.Code), ProviderError.Shown(error.Parameter));
        }

        return new ModelExchange(failure, limits);
    }

    /// <summary>Too many texts, or tokens, at once: servers say it in words of their own.</summary>
    private static bool IsTooLarge(int status, ProviderError error) =>
        status is 400 or 413 or 422 && error.Says("batch size", "max_tokens_per_request", "tokens per request", "too many inputs", "array too long", "array_above_max_length", "too large");
}
