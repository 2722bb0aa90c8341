using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Microsoft.AspNetCore.Http;

namespace Idp.Simulators.Http;

/// <summary>The manner of Tavily: <c>{"detail":{"error":"…"}}</c>, a key in every request, and no word about limits before one is reached.</summary>
/// <remarks>Source: docs.tavily.com, endpoint <c>search</c> and rate limits, as noted in the project's specification.</remarks>
internal sealed class TavilyManner : IProviderManner
{
    /// <summary>432.</summary>
    public static readonly ProviderError PlanLimit = new(432, "The credits of this plan are used up. Upgrade the plan to go on.", "plan_limit");

    /// <summary>433.</summary>
    public static readonly ProviderError SpendLimit = new(433, "The pay-as-you-go limit is reached. Raise the limit to go on.", "spend_limit");

    /// <inheritdoc />
    public ProviderError WrongKey { get; } = new(401, "Unauthorized: missing or invalid API key.", "unauthorized");

    /// <inheritdoc />
    public bool SaysLimits => false;

    /// <summary>Where no keys are listed any key opens, but there must be one.</summary>
    public bool MayEnter(HttpRequest request, IReadOnlyList<string> keys) =>
        BearerKey.Of(request) is { Length: > 0 } key && (keys.Count == 0 || keys.Contains(key, StringComparer.Ordinal));

    /// <inheritdoc />
    public JsonObject BodyOf(ProviderError error) => new() { ["detail"] = new JsonObject { ["error"] = error.Message } };

    /// <inheritdoc />
    public ProviderError? Refusal(Fault fault, IModelWork work) => fault switch
    {
        Fault.Forbidden => new(403, "Forbidden: this key may not use this endpoint.", "forbidden"),
        Fault.PlanLimit => PlanLimit,
        Fault.SpendLimit => SpendLimit,
        Fault.RateLimited => TooMany(TimeSpan.FromSeconds(1)),
        _ => null,
    };

    /// <inheritdoc />
    public ProviderError? Failure(Fault fault) => fault switch
    {
        Fault.ServerError => new(500, "Internal server error.", "server_error"),
        Fault.BadGateway => new(502, "Bad gateway.", "server_error"),
        Fault.Unavailable => new(503, "Service unavailable.", "server_error"),
        _ => null,
    };

    /// <inheritdoc />
    public ProviderError TooFast(IModelWork work, RateRefusal refusal) => TooMany(refusal.Wait);

    /// <inheritdoc />
    public ProviderError NoPlace(int places) =>
        TooMany(TimeSpan.FromSeconds(1), string.Create(CultureInfo.InvariantCulture, $"More than {places} searches at the same time."));

    private static ProviderError TooMany(TimeSpan? wait, string reason = "Too many requests: slow down.") => new(429, reason, "rate_limit", null, null, wait);
}
