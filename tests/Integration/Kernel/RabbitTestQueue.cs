using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.RabbitMq;
using RabbitMQ.Client;

namespace Idp.Integration.Kernel;

/// <summary>A queue seen from outside, through a connection of its own.</summary>
internal sealed class RabbitTestQueue : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _name;

    private RabbitTestQueue(IConnection connection, IChannel channel, string name) => (_connection, _channel, _name) = (connection, channel, name);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<RabbitTestQueue> ConnectAsync(QueueOptions queue)
    {
        var connection = await RabbitTarget.TryParse(queue.Uri).ShouldNotBeNull().ConnectAsync("test", Ct);
        return new RabbitTestQueue(connection, await connection.CreateChannelAsync(cancellationToken: Ct), queue.Name);
    }

    /// <summary>Waits until so many messages wait in the queue.</summary>
    public Task HoldsAsync(uint messages) => HoldsAsync(_name, messages);

    /// <summary>Waits until so many messages were put aside.</summary>
    public Task HasPutAsideAsync(uint messages) => HoldsAsync(RabbitSession.PutAside(_name), messages);

    /// <summary>Takes a message without answering it.</summary>
    public async Task<WorkMessage> TakeAsync()
    {
        var result = (await _channel.BasicGetAsync(_name, autoAck: false, Ct)).ShouldNotBeNull();
        WorkMessage.TryRead(result.BasicProperties, result.Body.Span, out var message).ShouldBeTrue();
        return message.ShouldNotBeNull();
    }

    /// <summary>The next message is one that the broker writes to its disk; it goes back to the queue with this connection.</summary>
    public async Task NextIsPersistentAsync() => (await _channel.BasicGetAsync(_name, autoAck: false, Ct)).ShouldNotBeNull().BasicProperties.Persistent.ShouldBeTrue();

    public async Task PublishAsync(BasicProperties properties, ReadOnlyMemory<byte> body) =>
        await _channel.BasicPublishAsync(string.Empty, _name, mandatory: true, properties, body, Ct);

    public async Task DeleteAsync() => await _channel.QueueDeleteAsync(_name, cancellationToken: Ct);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task HoldsAsync(string queue, uint messages)
    {
        while (await _channel.MessageCountAsync(queue, Ct) != messages)
        {
            await Task.Delay(Pause, TimeProvider.System, Ct);
        }
    }
}
