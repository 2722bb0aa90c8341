using System.Net;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Providers;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>One try over HTTP. Asks again at once only where the provider refused a parameter, which is not paid and learned once.</summary>
internal sealed class OpenAiTransport(
    OpenAiConnection connection, LanguageModelOptions options, ModelDialect dialect, TimeProvider clock, ILogger<OpenAiTransport> logger) : IModelTransport
{
    private const int MostReplyBytes = 32 * 1024 * 1024;
    private const int MostErrorBytes = 64 * 1024;

    /// <summary>More lessons than there are: format twice, temperature, two names, the longest reply.</summary>
    private const int MostLessons = 12;

    private readonly BoundedExchange _exchange = new(options.TimeoutSeconds, "LLM__TIMEOUT_SECONDS", clock);

    public Task<ModelExchange> SendAsync(ModelCall call, CancellationToken ct) => _exchange.RunAsync(
        async token =>
        {
            await call.Tries.MarkSentAsync(ct);
            for (var lessons = 0; ; lessons++)
            {
                if (await TrySendAsync(call.Request, mayLearn: lessons < MostLessons, token) is { } exchange)
                {
                    return exchange;
                }
            }
        },
        ModelExchange.Lost,
        ct);

    /// <summary>Sends once.</summary>
    /// <returns>What came; null when a refusal taught to ask differently.</returns>
    private async Task<ModelExchange?> TrySendAsync(ModelRequest request, bool mayLearn, CancellationToken ct)
    {
        var manners = dialect.Manners;
        using var response = await connection.CompleteAsync(ChatRequests.Write(request, options.Model, manners), ct);
        var limits = ProviderHeaders.Limits(response.Headers);
        if (response.IsSuccessStatusCode)
        {
            var (body, isWhole) = await BoundedBody.ReadAsync(response.Content, MostReplyBytes, ct);
            return new ModelExchange(isWhole ? ReplyReader.Read(body, request) : ModelErrors.BrokenAnswer(), limits);
        }

        var error = ProviderError.Read((await BoundedBody.ReadAsync(response.Content, MostErrorBytes, ct)).Bytes);
        var failure = ProviderFailures.Classify((int)response.StatusCode, error, ProviderHeaders.RetryAfter(response.Headers, clock.GetUtcNow()));
        if (mayLearn && failure.Kind is ErrorKind.Rejected
            && response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            && dialect.TryLearn(manners, error, ChatRequests.LimitOf(request, manners), out var isNew))
        {
            if (isNew)
            {
                logger.MannersLearned(options.Model, dialect.Manners.ToString());
            }

            return null;
        }

        Log(response.StatusCode, error, failure);
        return new ModelExchange(failure, limits);
    }

    private void Log(HttpStatusCode status, ProviderError error, Error failure)
    {
        if (failure.Kind is ErrorKind.RateLimited)
        {
            logger.Throttled((int)status, failure.RetryAfter?.TotalSeconds);
        }
        else
        {
            logger.RequestRefused((int)status, ProviderError.Shown(error.Type), ProviderError.Shown(error.Code), ProviderError.Shown(error.Parameter));
        }
    }
}
