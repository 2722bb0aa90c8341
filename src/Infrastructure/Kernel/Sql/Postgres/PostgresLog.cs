using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>What the connection to the cluster's database has to say.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(301, LogLevel.Warning, "Notices of other nodes are not heard: {Reason} Looking by the clock until the server is back")]
    public static partial void ListeningFailed(this ILogger logger, string reason);

    [LoggerMessage(302, LogLevel.Information, "Notices of other nodes are heard")]
    public static partial void Listening(this ILogger logger);

    [LoggerMessage(303, LogLevel.Warning, "This node could not tell the others that it lives: {Reason}")]
    public static partial void BeatFailed(this ILogger logger, string reason);

    [LoggerMessage(304, LogLevel.Warning, "The gates that the nodes share cannot be reached: {Reason} No call to a provider begins until they can")]
    public static partial void GatesFailed(this ILogger logger, string reason);
}
