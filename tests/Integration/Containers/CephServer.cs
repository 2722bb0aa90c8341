using System.Globalization;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Idp.Integration.Containers;

[assembly: AssemblyFixture(typeof(CephServer))]

namespace Idp.Integration.Containers;

/// <summary>An S3 service (Ceph) in a container, started when the first test asks for it and shared by all; each test has a bucket of its own.</summary>
public sealed class CephServer : IAsyncDisposable
{
    /// <summary>The collection of tests that close the second gateway, one after the other.</summary>
    public const string SecondGatewayTests = "Tests that close an S3 gateway";

    public const string AccessKey = "idp-test";
    public const string SecretKey = "idp-test-secret";

    private readonly SemaphoreSlim _starting = new(1, 1);
    private TestContainer? _container;
    private int _buckets;
    private bool _hasSecondGateway;

    /// <summary>Settings for a bucket that is not there yet, or skips the test where there is no container engine.</summary>
    public async Task<S3Options> NewBucketAsync(string cacheDir)
    {
        var container = await StartedAsync();
        return OptionsFor(container.AddressOf(0), cacheDir);
    }

    /// <summary>A second door to the same service, which one test at a time may close and open.</summary>
    internal async Task<Gateway> OpenSecondGatewayAsync()
    {
        var container = await StartedAsync();
        var gateway = new Gateway(container, index: 1);
        if (!_hasSecondGateway)
        {
            _hasSecondGateway = true;
            await gateway.StartAgainAsync();
        }

        return gateway;
    }

    /// <summary>The settings of a bucket as they are seen through another door.</summary>
    internal static S3Options Through(Gateway gateway, S3Options options) => new()
    {
        Endpoint = gateway.Endpoint, Bucket = options.Bucket, AccessKey = options.AccessKey, SecretKey = options.SecretKey, CacheDir = options.CacheDir,
    };

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }

        _starting.Dispose();
    }

    private S3Options OptionsFor(string address, string cacheDir) => new()
    {
        Endpoint = $"http://{address}",
        Bucket = string.Create(CultureInfo.InvariantCulture, $"test-{Interlocked.Increment(ref _buckets)}"),
        AccessKey = AccessKey,
        SecretKey = SecretKey,
        CacheDir = cacheDir,
    };

    private async Task<TestContainer> StartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _container ??= await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>A service of a test's own.</summary>
    internal static async Task<TestContainer> StartAsync(PrivateNetwork? network = null)
    {
        // Two gateways and, where the machine's network is shared, the monitor.
        var container = await TestContainer.StartAsync(new ContainerPlan("ceph", 7480)
        {
            PortCount = 3,
            Options = ports => [.. network?.OptionsFor("blobs") ?? [], "--memory", "1536m", "--env", string.Create(CultureInfo.InvariantCulture, $"MONITOR_PORT={ports[2]}")],
        });
        try
        {
            await container.WaitForLineAsync("ready");
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>One gateway of the service.</summary>
    internal sealed class Gateway(TestContainer container, int index)
    {
        public string Endpoint => $"http://{container.AddressOf(index)}";

        /// <summary>Ends it as if it crashed.</summary>
        public Task StopAsync() => SignalAsync("KILL");

        /// <summary>Starts it again and waits until it listens.</summary>
        public async Task StartAgainAsync()
        {
            await container.RunAsync($"bash /usr/local/bin/ceph-for-tests gateway {container.PortOf(index)}");
            await container.WaitUntilListeningAsync(index);
        }

        /// <summary>Lets it take connections and answer nothing.</summary>
        public Task HangAsync() => SignalAsync("STOP");

        /// <summary>Lets it answer again.</summary>
        public Task GoOnAsync() => SignalAsync("CONT");

        private Task SignalAsync(string signal) => container.RunAsync($"kill -{signal} $(cat /tmp/gateway-{container.PortOf(index)})");
    }
}
