namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>A message that this node has and the broker has not yet forgotten.</summary>
/// <param name="acknowledge">Tells the broker to forget it; does not fail.</param>
internal sealed class Invitation(Func<Task> acknowledge)
{
    /// <summary>Tells the broker that the work is over, or that there was none; the next message may then come. Without effect once the connection is lost.</summary>
    public Task AcknowledgeAsync() => acknowledge();
}
