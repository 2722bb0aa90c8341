using System.Globalization;
using Idp.Infrastructure.Kernel.Work;
using Idp.Integration.Containers;
using RabbitMQ.Client;

[assembly: AssemblyFixture(typeof(RabbitServer))]

namespace Idp.Integration.Containers;

/// <summary>A RabbitMQ broker in a container, started when the first test asks for it and shared by all; each test has queues of its own.</summary>
public sealed class RabbitServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private Running? _running;
    private int _queues;

    /// <summary>The settings for a queue that no other test uses; skips the test where there is no container engine.</summary>
    public async Task<QueueOptions> NewQueueAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _running ??= await StartAsync();
        }
        finally
        {
            _starting.Release();
        }

        return _running.Queue(string.Create(CultureInfo.InvariantCulture, $"test.{Interlocked.Increment(ref _queues)}"));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await (_running?.DisposeAsync() ?? ValueTask.CompletedTask);
        _starting.Dispose();
    }

    /// <summary>A broker of a test's own, which it may stop.</summary>
    internal static async Task<Running> StartAsync(PrivateNetwork? network = null)
    {
        var running = new Running(await TestContainer.StartAsync(new ContainerPlan("rabbitmq", 5672) { Options = _ => network?.OptionsFor("queue") ?? [] }));
        try
        {
            await running.WaitUntilItAnswersAsync();
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>One broker.</summary>
    internal sealed class Running(TestContainer container) : IAsyncDisposable
    {
        private const string Script = "/usr/local/bin/rabbitmq-for-tests";

        /// <summary>How to connect.</summary>
        public string Uri { get; } = $"amqp://guest:guest@{container.AddressOf(0)}/";

        /// <summary>The settings for a queue.</summary>
        public QueueOptions Queue(string name) => new() { Provider = "rabbitmq", Uri = Uri, Name = name };

        /// <summary>Stops the broker as if it crashed; the container stays.</summary>
        public Task StopAsync() => container.RunAsync($"sh {Script} stop");

        /// <summary>Starts the broker again, with what it had on its disk, and waits until it answers.</summary>
        public async Task StartAgainAsync()
        {
            await container.BeginAsync($"sh {Script} start");
            await WaitUntilItAnswersAsync();
        }

        public ValueTask DisposeAsync() => container.DisposeAsync();

        internal Task WaitUntilItAnswersAsync() => container.UntilItAnswersAsync(async () =>
        {
            // The engine takes connections before the broker does, and the client waits in vain for its greeting.
            var factory = new ConnectionFactory { Uri = new Uri(Uri), AutomaticRecoveryEnabled = false, HandshakeContinuationTimeout = TimeSpan.FromSeconds(1) };
            await using var connection = await factory.CreateConnectionAsync();
        });
    }
}
