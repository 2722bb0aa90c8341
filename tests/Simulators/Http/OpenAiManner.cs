using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Microsoft.AspNetCore.Http;

namespace Idp.Simulators.Http;

/// <summary>The manner of an OpenAI-compatible server: <c>{"error":{"message","type","param","code"}}</c>. Without listed keys everyone may enter.</summary>
internal sealed class OpenAiManner : IProviderManner
{
    /// <inheritdoc />
    public ProviderError WrongKey => ProviderErrors.WrongKey;

    /// <inheritdoc />
    public bool SaysLimits => true;

    /// <summary>The key comes as a bearer token, or in the header that some gateways use.</summary>
    public bool MayEnter(HttpRequest request, IReadOnlyList<string> keys) =>
        keys.Count == 0 || keys.Contains(BearerKey.Of(request) ?? request.Headers["api-key"].ToString(), StringComparer.Ordinal);

    /// <inheritdoc />
    public JsonObject BodyOf(ProviderError error) => error.ToJson();

    /// <inheritdoc />
    public ProviderError? Refusal(Fault fault, IModelWork work) => fault switch
    {
        Fault.InsufficientQuota => ProviderErrors.InsufficientQuota,
        Fault.RateLimited => ProviderErrors.RateLimited(work.Model),
        Fault.TooLarge => ProviderErrors.ContextExceeded(work.PromptTokens / 2, work.PromptTokens, 0),
        _ => null,
    };

    /// <inheritdoc />
    public ProviderError? Failure(Fault fault) => ProviderErrors.Server(fault);

    /// <inheritdoc />
    public ProviderError TooFast(IModelWork work, RateRefusal refusal) => ProviderErrors.RateLimited(work.Model, refusal);

    /// <inheritdoc />
    public ProviderError NoPlace(int places) => ProviderErrors.NoPlace(places);
}
