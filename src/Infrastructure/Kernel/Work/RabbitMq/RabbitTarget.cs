using System.Globalization;
using RabbitMQ.Client;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>The broker that a setting means.</summary>
/// <param name="Name">For messages: <c>broker.internal:5672/idp</c>, without user and password.</param>
/// <param name="Uri">How to reach it; a secret.</param>
internal sealed record RabbitTarget(string Name, Uri Uri)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Reads a setting; null when it names no broker.</summary>
    public static RabbitTarget? TryParse(string setting)
    {
        if (!Uri.TryCreate(setting, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
        {
            return null;
        }

        try
        {
            var factory = new ConnectionFactory { Uri = uri };
            return new RabbitTarget(
                string.Create(CultureInfo.InvariantCulture, $"{uri.Host}:{factory.Endpoint.Port}/{factory.VirtualHost.TrimStart('/')}"), uri);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Opens a connection that ends for good when it is lost: <see cref="RabbitWorkFeed"/> opens the next, and so recovers from more than the client does.</summary>
    /// <param name="clientName">Who connects, for the broker's lists.</param>
    /// <param name="ct">Cancels the attempt.</param>
    public Task<IConnection> ConnectAsync(string clientName, CancellationToken ct) => new ConnectionFactory
    {
        Uri = Uri,
        ClientProvidedName = clientName,
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedConnectionTimeout = ConnectTimeout,
        HandshakeContinuationTimeout = ConnectTimeout, // A proxy may take the connection to a broker that is away.
        ContinuationTimeout = AnswerTimeout,
        RequestedHeartbeat = Heartbeat,
    }.CreateConnectionAsync(ct);
}
