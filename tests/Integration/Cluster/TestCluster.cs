using System.Globalization;
using System.Net;
using System.Text.Json;
using Idp.Integration.Cluster;
using Idp.Integration.Containers;
using Idp.Integration.Models;
using Idp.Simulators;
using Idp.Simulators.Options;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace Idp.Integration.Cluster;

/// <summary>
/// The service as a cluster: one node for requests and two for work, PostgreSQL, RabbitMQ and S3, each in a container of its own on a private network, and a simulated model provider
/// outside of it. Started when the first test asks for it; tests use it one after the other.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    /// <summary>The collection of tests that use the cluster.</summary>
    public const string Tests = "Tests on the cluster";

    private const string Image = "idp-test-service:latest";
    private const string NextImage = "idp-test-service:next";

    /// <summary>How long a node that tells nothing keeps its work.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<ServiceContainer> _nodes = [];
    private bool _isStarted;
    private PrivateNetwork? _network;
    private TestContainer? _blobs;

    internal SimulatedModelProvider Provider { get; private set; } = null!;

    internal PostgresServer.Running Database { get; private set; } = null!;

    internal RabbitServer.Running Queue { get; private set; } = null!;

    internal CephServer.Gateway Blobs => new(_blobs!, index: 0);

    internal ServiceContainer Api => _nodes.Single(static node => node.Name == "api");

    internal IReadOnlyList<ServiceContainer> Nodes => _nodes;

    internal HttpClient Http { get; private set; } = null!;

    /// <summary>The cluster, with an empty bill and no truth; skips the test where containers cannot have a network.</summary>
    internal async Task<TestCluster> StartedAsync(CancellationToken ct)
    {
        if (!_isStarted)
        {
            await StartAsync(ct);
            _isStarted = true;
        }

        Provider.Reset();
        Provider.SetTruth([]);
        return this;
    }

    /// <summary>Uploads a file as a loan and returns its document.</summary>
    internal async Task<string> UploadAsync(byte[] content, string fileName, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent { { new StringContent("loan"), "kind" }, { new ByteArrayContent(content), "file", fileName } };
        using var response = await Http.PostAsync(new Uri("/v1/documents", UriKind.Relative), form, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Waits until the document ended, whatever else goes wrong meanwhile.</summary>
    internal async Task<JsonElement> WaitUntilEndedAsync(string id, CancellationToken ct)
    {
        while (true)
        {
            if (await TryGetAsync($"/v1/documents/{id}", ct) is { } document
                && document.GetProperty("status").GetString() is "completed" or "partial" or "failed" or "cancelled")
            {
                return document;
            }

            await Task.Delay(Pause, TimeProvider.System, ct);
        }
    }

    /// <summary>Gets JSON; null when the cluster cannot answer now.</summary>
    internal async Task<JsonElement?> TryGetAsync(string path, CancellationToken ct)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), ct);
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
            return json.RootElement.Clone();
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>The worker that has a document in hand, as soon as one has.</summary>
    internal async Task<ServiceContainer> WorkerOfAsync(string document, CancellationToken ct)
    {
        while (true)
        {
            var owners = await QueryAsync("SELECT split_part(lease_owner, ':', 1), 1 FROM work_items WHERE subject = $1 AND lease_owner IS NOT NULL", document, ct);
            if (_nodes.Find(worker => owners.ContainsKey(worker.Name)) is { } worker)
            {
                return worker;
            }

            await Task.Delay(Pause, TimeProvider.System, ct);
        }
    }

    /// <summary>How many pieces of work a worker has in hand.</summary>
    internal async Task<int> WorkOfAsync(ServiceContainer worker, CancellationToken ct) =>
        (await QueryAsync("SELECT 'all', count(*)::int FROM work_items WHERE split_part(lease_owner, ':', 1) = $1", worker.Name, ct))["all"];

    /// <summary>How often each kind of event was logged for a document.</summary>
    internal Task<IReadOnlyDictionary<string, int>> EventsOfAsync(string document, CancellationToken ct) =>
        QueryAsync("SELECT name, count(*)::int FROM events WHERE subject = $1 GROUP BY name", document, ct);

    /// <summary>Takes a node out of the network.</summary>
    internal Task CutOffAsync(ServiceContainer node) => _network!.CutOffAsync(node.Id);

    /// <summary>Lets a node in again.</summary>
    internal Task ReconnectAsync(ServiceContainer node) => _network!.ReconnectAsync(node.Id);

    /// <summary>Builds another version, apart from the build that runs the tests.</summary>
    internal static Task BuildNextVersionAsync(string version) => ContainerEngine.BuildServiceAsync(NextImage, version);

    /// <summary>Puts the version that was built last in every node's place, one after the other.</summary>
    /// <returns>The exit codes of the nodes that were replaced.</returns>
    internal async Task<IReadOnlyList<int>> ReplaceNodesAsync(CancellationToken ct)
    {
        var codes = new List<int>();
        foreach (var node in _nodes.ToList())
        {
            var role = node == Api ? "api" : "worker";
            codes.Add(await node.StopAsync());
            _nodes.Remove(node);
            await StartNodeAsync(NextImage, node.Name, role, ct);
        }

        Http.Dispose();
        Http = await Api.ConnectAsync();
        return codes;
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await Task.WhenAll(_nodes.Select(static node => node.DisposeAsync().AsTask()));
        await (Provider?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_blobs?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Queue?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Database?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_network?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task StartAsync(CancellationToken ct)
    {
        _network = await PrivateNetwork.CreateAsync();
        await ContainerEngine.BuildServiceAsync(Image);
        Database = await PostgresServer.StartAsync(_network);
        await Database.ExecuteAsync("CREATE DATABASE idp");
        Queue = await RabbitServer.StartAsync(_network);
        _blobs = await CephServer.StartAsync(_network);
        Provider = await SimulatedModelProvider.StartAsync(
            new SimulatorOptions
            {
                Address = _network.Gateway,
                Latency = new() { FixedMilliseconds = 500 },
                Capacity = new() { AtOnce = 4 },
                Prices = new() { InputPerMillion = ModelService.InputPrice, OutputPerMillion = ModelService.OutputPrice },
            },
            ct);
        await StartNodeAsync(Image, "api", "api", ct);
        Http = await Api.ConnectAsync();
        await StartNodeAsync(Image, "worker-1", "worker", ct);
        await StartNodeAsync(Image, "worker-2", "worker", ct);
    }

    private async Task StartNodeAsync(string image, string name, string role, CancellationToken ct)
    {
        var node = new ServiceContainer(_network!, name, new Dictionary<string, string>(Settings()) { ["NODE__ROLE"] = role });
        _nodes.Add(node);
        await node.StartAsync(image, isPublished: role == "api", ct);
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["DATABASE__PROVIDER"] = "postgresql",
        ["DATABASE__CONNECTION_STRING"] = "Host=database;Database=idp;Username=idp;Password=secret",
        ["QUEUE__PROVIDER"] = "rabbitmq",
        ["QUEUE__URI"] = "amqp://guest:guest@queue:5672/",
        ["QUEUE__LEASE_SECONDS"] = Lease.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ["STORAGE__PROVIDER"] = "s3",
        ["S3__ENDPOINT"] = "http://blobs:7480",
        ["S3__BUCKET"] = "idp",
        ["S3__ACCESS_KEY"] = CephServer.AccessKey,
        ["S3__SECRET_KEY"] = CephServer.SecretKey,
        ["BATCH__PIXMAP_PARALLEL_WORKERS"] = "1",
        ["EXTRACTION__PACKING"] = "fixed",
        ["EXTRACTION__BATCH_SIZE"] = "1",
        ["LLM__PROVIDER"] = "openai",
        ["LLM__BASE_URL"] = Provider.BaseUrl,
        ["LLM__MODEL"] = "simulated",
        ["LLM__API_KEY"] = "key",
        ["LLM__REQUESTS_PER_MINUTE"] = "100000",
        ["LLM__PRICE_INPUT_PER_MILLION"] = ModelService.InputPrice.ToString(CultureInfo.InvariantCulture),
        ["LLM__PRICE_OUTPUT_PER_MILLION"] = ModelService.OutputPrice.ToString(CultureInfo.InvariantCulture),
    };

    private async Task<IReadOnlyDictionary<string, int>> QueryAsync(string sql, string parameter, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString("idp") + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter { Value = parameter } } };
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            counts.Add(reader.GetString(0), reader.GetInt32(1));
        }

        return counts;
    }
}
