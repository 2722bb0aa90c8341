using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Kernel.Costs.Sql;

/// <summary>What <see cref="CallSql.Begin"/> writes of a call.</summary>
internal sealed record NewCall(
    string Id, string Key, string Task, string Provider, string Model, string Endpoint, string Subject, string? Batch, string Pages, string Day, string At, string Owner)
{
    /// <summary>The row of an intent.</summary>
    /// <param name="intent">The call.</param>
    /// <param name="owner">The process that makes it.</param>
    public static NewCall Of(CallIntent intent, ProcessIdentity owner) => new(
        intent.Id.ToString(), intent.Key.Value, intent.Task, intent.Model.Provider, intent.Model.Model, intent.Model.Endpoint, intent.Subject, intent.Batch,
        CallColumnsJson.OfPages(intent.Pages), DayText.Of(intent.At), TimeText.Of(intent.At), owner.ToString());
}
