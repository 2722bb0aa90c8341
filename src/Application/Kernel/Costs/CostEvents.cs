using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Application.Kernel.Events;

namespace Idp.Application.Kernel.Costs;

/// <summary>The data of <c>cost_update</c>; of the ids, the one that pays is set.</summary>
internal sealed record CostEventData(string? DocumentId, string? BatchId, string? JobId, string? CompanyId, string? Subject, CostEventAmount Cost);

/// <summary>What a subject cost so far.</summary>
internal sealed record CostEventAmount(string Amount, string Currency, int Calls, int CallsSaved, bool Estimated);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CostEventData))]
internal sealed partial class CostEventJson : JsonSerializerContext;

/// <summary>Makes the events about money; for the adapters, which append them in the transaction that spends it.</summary>
public static class CostEvents
{
    /// <summary>The name of the event.</summary>
    public const string CostUpdate = "cost_update";

    /// <summary>Tells what a subject cost so far.</summary>
    /// <param name="subject">The printed id of who pays.</param>
    /// <param name="group">Its batch or job, whose readers are told too; null for none.</param>
    /// <param name="cost">What the subject cost.</param>
    public static NewEvent Updated(string subject, string? group, CostSummary cost)
    {
        var amount = new CostEventAmount(cost.Amount.ToString(), "USD", cost.Calls, cost.CallsSaved, cost.Estimated);
        var ids = EventSubject.Of(subject);
        var job = group is null ? null : EventSubject.Of(group).JobId;
        var data = new CostEventData(ids.DocumentId, ids.BatchId, ids.JobId ?? job, ids.CompanyId, ids.Other, amount);
        return new NewEvent(subject, CostUpdate, JsonSerializer.Serialize(data, CostEventJson.Default.CostEventData)) { Batch = group };
    }
}
