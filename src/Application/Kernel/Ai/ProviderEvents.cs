using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Json;

namespace Idp.Application.Kernel.Ai;

/// <summary>The data of <c>provider_throttled</c>; of the ids, the one that waits is set.</summary>
internal sealed record ThrottledEventData(
    string? DocumentId, string? BatchId, string? JobId, string? CompanyId, string? Subject, string Provider, string Model, GateSignalKind Reason, int Limit,
    double? RequestsPerMinute, DateTimeOffset? PausedUntil);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(ThrottledEventData))]
internal sealed partial class ProviderEventJson : JsonSerializerContext;

/// <summary>Makes the events about providers.</summary>
public static class ProviderEvents
{
    /// <summary>The name of the event.</summary>
    public const string ProviderThrottled = "provider_throttled";

    /// <summary>Tells a subject whose calls wait that the provider asked to slow down.</summary>
    /// <param name="subject">The printed id of who waits.</param>
    /// <param name="batch">Its batch, whose readers are told too; null for none.</param>
    /// <param name="model">Whom the calls are for.</param>
    /// <param name="signal">What the gate made of it.</param>
    public static NewEvent Throttled(string subject, string? batch, ModelIdentity model, GateSignal signal)
    {
        var ids = EventSubject.Of(subject);
        var data = new ThrottledEventData(
            ids.DocumentId, ids.BatchId, ids.JobId, ids.CompanyId, ids.Other, model.Endpoint, model.Model, signal.Kind, signal.Limit, signal.RequestsPerMinute, signal.PausedUntil);
        return new NewEvent(subject, ProviderThrottled, JsonSerializer.Serialize(data, ProviderEventJson.Default.ThrottledEventData)) { Batch = batch };
    }
}
