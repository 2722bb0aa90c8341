using System.Diagnostics.CodeAnalysis;
using System.Text;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using RabbitMQ.Client;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>An invitation to work as it goes over the wire. The item tells where it comes from; whoever gets it takes what goes first.</summary>
/// <param name="Item">The item for which it was published.</param>
/// <param name="Priority">The item's priority.</param>
/// <param name="Redeliveries">How often it came back because the node that had it vanished.</param>
internal sealed record WorkMessage(WorkItemId Item, Priority Priority, int Redeliveries = 0)
{
    /// <summary>A message that comes back more often than this is put aside.</summary>
    public const int MostRedeliveries = 20;

    /// <summary>The highest priority on the wire, where more goes first.</summary>
    public const byte HighestPriority = (byte)Priority.Low;

    private const string Kind = "idp.work";
    private const string RedeliveriesHeader = "idp-redeliveries";
    private const int MostBytes = 100;

    /// <summary>The message's content: the item's printed id.</summary>
    public ReadOnlyMemory<byte> Body => Encoding.UTF8.GetBytes(Item.ToString());

    /// <summary>The same message, come back once more.</summary>
    public WorkMessage ComeBack() => this with { Redeliveries = Redeliveries + 1 };

    /// <summary>What is written beside the content.</summary>
    public BasicProperties ToProperties() => new()
    {
        Persistent = true,
        Type = Kind,
        ContentType = "text/plain",
        Priority = (byte)(Priority.Low - Priority),
        Headers = new Dictionary<string, object?> { [RedeliveriesHeader] = Redeliveries },
    };

    /// <summary>Reads a message; false when it is none of ours.</summary>
    public static bool TryRead(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body, [NotNullWhen(true)] out WorkMessage? message)
    {
        message = properties.Type == Kind && properties.Priority <= HighestPriority && body.Length <= MostBytes
            && StrongId.TryParse<WorkItemId>(Encoding.UTF8.GetString(body), out var item)
            && properties.Headers is { } headers && headers.TryGetValue(RedeliveriesHeader, out var header) && header is int and >= 0 and var redeliveries
                ? new WorkMessage(item, Priority.Low - properties.Priority, redeliveries)
                : null;
        return message is not null;
    }
}
