using Microsoft.Extensions.Logging;

namespace Idp.Application.Kernel.Costs;

/// <summary>Log messages of costs: event ids 400 to 419.</summary>
internal static partial class CostLog
{
    [LoggerMessage(400, LogLevel.Warning, "{Calls} calls of nodes that are gone were settled; those that were sent count as paid")]
    public static partial void CallsSettled(this ILogger logger, int calls);

    [LoggerMessage(401, LogLevel.Error, "Calls of nodes that are gone cannot be settled; trying again")]
    public static partial void SettlingFailed(this ILogger logger, Exception exception);
}
