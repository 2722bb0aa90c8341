using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>
/// One connection to the broker, from its opening to its end: the queue and the queue for messages put aside exist, messages go out with confirms, and come in
/// once that is asked for. Whatever ends one of its parts ends it as a whole.
/// </summary>
internal sealed class RabbitSession : IAsyncDisposable
{
    /// <summary>More than this is not kept of messages put aside; the oldest go first.</summary>
    private const int MostPutAside = 10_000;

    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly string _queue;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private IChannel? _consuming;

    private RabbitSession(IConnection connection, IChannel publishing, string queue, TimeProvider clock, ILogger logger)
    {
        (_connection, _publishing, _queue, _clock, _logger) = (connection, publishing, queue, clock, logger);
        _connection.ConnectionShutdownAsync += EndAsync;
        _publishing.ChannelShutdownAsync += EndAsync;
    }

    /// <summary>Completes with the reason when the session is over.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>True once messages come in.</summary>
    public bool IsConsuming => _consuming is not null;

    /// <summary>Connects, and makes the queues unless they exist.</summary>
    public static async Task<RabbitSession> OpenAsync(RabbitTarget target, string queue, string clientName, TimeProvider clock, ILogger logger, CancellationToken ct)
    {
        var connection = await target.ConnectAsync(clientName, ct);
        try
        {
            var publishing = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
            await DeclareAsync(publishing, queue, ct);
            return new RabbitSession(connection, publishing, queue, clock, logger);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The queue for messages that were put aside.</summary>
    public static string PutAside(string queue) => $"{queue}.dead";

    /// <summary>Sends messages and returns when the broker has taken over all of them.</summary>
    /// <exception cref="TimeoutException">The broker did not confirm in time.</exception>
    public async Task PublishAsync(IReadOnlyList<WorkMessage> messages, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(ConfirmTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            await Task.WhenAll(messages.Select(message =>
                _publishing.BasicPublishAsync(string.Empty, _queue, mandatory: true, message.ToProperties(), message.Body, either.Token).AsTask()));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("The broker takes no messages.");
        }
    }

    /// <summary>How many messages wait for a node.</summary>
    public async Task<long> CountWaitingAsync(CancellationToken ct) => await _publishing.MessageCountAsync(_queue, ct);

    /// <summary>Lets messages come in.</summary>
    /// <param name="receive">Gets each invitation.</param>
    /// <param name="mostUnanswered">How many may be unanswered at the same time.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ConsumeAsync(Action<Invitation> receive, int mostUnanswered, CancellationToken ct)
    {
        _consuming = await _connection.CreateChannelAsync(cancellationToken: ct);
        _consuming.ChannelShutdownAsync += EndAsync;
        await _consuming.BasicQosAsync(0, (ushort)Math.Min(mostUnanswered, ushort.MaxValue), global: false, ct);
        await _consuming.BasicConsumeAsync(_queue, autoAck: false, new Consumer(this, _consuming, receive), ct);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _connection.ConnectionShutdownAsync -= EndAsync;
        await _connection.CloseAsync(Constants.ReplySuccess, "The node is done.", CloseTimeout, abort: true, CancellationToken.None);
        await (_consuming?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _publishing.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task DeclareAsync(IChannel channel, string queue, CancellationToken ct)
    {
        var putAside = PutAside(queue);
        await channel.QueueDeclareAsync(
            putAside, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-max-length"] = MostPutAside }, cancellationToken: ct);
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-max-priority"] = (int)WorkMessage.HighestPriority,
                ["x-dead-letter-exchange"] = string.Empty,
                ["x-dead-letter-routing-key"] = putAside,
            },
            cancellationToken: ct);
    }

    private Task EndAsync(object sender, ShutdownEventArgs shutdown) => EndAsync(shutdown.ReplyText);

    private Task EndAsync(string reason)
    {
        _ended.TrySetResult(reason.TrimEnd('.') + ".");
        return Task.CompletedTask;
    }

    /// <summary>Turns deliveries into invitations, and puts aside what is none.</summary>
    private sealed class Consumer(RabbitSession session, IChannel channel, Action<Invitation> receive) : AsyncDefaultBasicConsumer(channel)
    {
        public override async Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
            ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
        {
            if (!WorkMessage.TryRead(properties, body.Span, out var message))
            {
                session._logger.MessageUnreadable(PutAside(session._queue));
                await Channel.BasicRejectAsync(deliveryTag, requeue: false, cancellationToken);
            }
            else if (!redelivered)
            {
                receive(new Invitation(() => AcknowledgeAsync(deliveryTag)));
            }
            else if (message.Redeliveries >= WorkMessage.MostRedeliveries)
            {
                session._logger.MessageGivenUp(message.Item.ToString(), message.Redeliveries, PutAside(session._queue));
                await Channel.BasicRejectAsync(deliveryTag, requeue: false, cancellationToken);
            }
            else
            {
                // The broker says that it came back, not how often: the copy that takes its place does.
                await session.PublishAsync([message.ComeBack()], cancellationToken);
                await AcknowledgeAsync(deliveryTag);
            }
        }

        protected override async Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
        {
            await base.OnCancelAsync(consumerTags, cancellationToken);
            await session.EndAsync("The broker sends no more messages, maybe because the queue was deleted");
        }

        [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Without its connection the answer has no meaning: the broker sends the message again.")]
        private async Task AcknowledgeAsync(ulong deliveryTag)
        {
            try
            {
                await Channel.BasicAckAsync(deliveryTag, multiple: false, CancellationToken.None);
            }
            catch (Exception exception)
            {
                await session.EndAsync(exception.Message);
            }
        }
    }
}
