using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>What the broker that distributes work gives rise to say: event ids 310 to 319.</summary>
internal static partial class RabbitLog
{
    [LoggerMessage(310, LogLevel.Information, "Work is distributed by the broker {Broker}")]
    public static partial void BrokerConnected(this ILogger logger, string broker);

    [LoggerMessage(311, LogLevel.Warning, "The broker {Broker} is away: {Reason} Nodes look for work themselves until it is back")]
    public static partial void BrokerAway(this ILogger logger, string broker, string reason);

    [LoggerMessage(312, LogLevel.Warning, "Work could not be published: {Reason} Trying again")]
    public static partial void PublishingFailed(this ILogger logger, string reason);

    [LoggerMessage(313, LogLevel.Information, "{Missing} messages are missing at the broker and are published again")]
    public static partial void MessagesMissing(this ILogger logger, int missing);

    [LoggerMessage(314, LogLevel.Error, "A message that is no invitation to work was put aside in the queue {Queue}")]
    public static partial void MessageUnreadable(this ILogger logger, string queue);

    [LoggerMessage(315, LogLevel.Error, "The message about {Item} came back {Redeliveries} times and was put aside in the queue {Queue}")]
    public static partial void MessageGivenUp(this ILogger logger, string item, int redeliveries, string queue);
}
