using Microsoft.Extensions.Logging;

namespace Idp.Application.Kernel.Events;

/// <summary>Log messages about events: event ids 200 to 299.</summary>
internal static partial class EventLogMessages
{
    [LoggerMessage(200, LogLevel.Error, "The event log cannot be read for those who listen; trying again")]
    public static partial void FollowingFailed(this ILogger logger, Exception exception);
}
