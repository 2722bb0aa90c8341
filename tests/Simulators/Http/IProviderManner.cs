using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Microsoft.AspNetCore.Http;

namespace Idp.Simulators.Http;

/// <summary>What a provider's wire format has beside its answers: how a key comes in, how refusals are worded, and the form of an error.</summary>
internal interface IProviderManner
{
    /// <summary>The refusal of a caller who may not enter.</summary>
    ProviderError WrongKey { get; }

    /// <summary>Whether replies say how much of the limits is left.</summary>
    bool SaysLimits { get; }

    /// <summary>Whether the caller has a key that opens; without listed keys each provider has a rule of its own.</summary>
    bool MayEnter(HttpRequest request, IReadOnlyList<string> keys);

    /// <summary>The body of an error.</summary>
    JsonObject BodyOf(ProviderError error);

    /// <summary>The refusal that a fault brings before any work; null for a fault that brings none here.</summary>
    ProviderError? Refusal(Fault fault, IModelWork work);

    /// <summary>The failure that a fault brings when a place was taken; null for a fault that brings none here.</summary>
    ProviderError? Failure(Fault fault);

    /// <summary>The refusal of a request that is above a limit per minute.</summary>
    ProviderError TooFast(IModelWork work, RateRefusal refusal);

    /// <summary>The refusal of a request that finds no place.</summary>
    ProviderError NoPlace(int places);
}
