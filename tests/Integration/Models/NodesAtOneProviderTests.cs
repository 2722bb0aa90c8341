using System.Net;
using System.Text;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Providers;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;
using Idp.Simulators;
using Idp.Simulators.Options;

namespace Idp.Integration.Models;

/// <summary>Two nodes over one PostgreSQL database call a provider that rejects what is above its limits.</summary>
public sealed class NodesAtOneProviderTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly LatencyOptions Latency = new() { FixedMilliseconds = 60 };

    private readonly HttpClient _http = new();
    private string? _connectionString;
    private PostgresNode _a = null!;
    private PostgresNode _b = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync();
        (_a, _b) = (await PostgresNode.StartAsync(_connectionString, "a"), await PostgresNode.StartAsync(_connectionString, "b"));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();

        // Null when the test was skipped before it had one.
        if (_connectionString is not null)
        {
            await _a.DisposeAsync();
            await _b.DisposeAsync();
            await server.DropDatabaseAsync(_connectionString);
        }
    }

    [Fact]
    public async Task A_configured_limit_holds_for_both_so_that_none_of_their_calls_is_rejected()
    {
        await using var provider = await SimulatedModelProvider.StartAsync(
            new() { Latency = Latency, Capacity = new() { AtOnce = 4, WhenFull = WhenFull.Reject } }, Ct);

        await CallAsync(provider, new GateOptions { FixedLimit = 4 }, calls: 80);

        (provider.Bill.Completed, provider.Bill.Rejected).ShouldBe((80, 0));
        provider.Bill.MostAtOnce.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_capacity_that_only_rejections_show_is_found_by_both_together()
    {
        await using var provider = await SimulatedModelProvider.StartAsync(
            new() { Latency = Latency, Capacity = new() { AtOnce = 8, WhenFull = WhenFull.Reject } }, Ct);

        await CallAsync(provider, new GateOptions(), calls: 300);

        provider.Bill.Completed.ShouldBe(300);
        provider.Bill.Rejected.ShouldBeLessThanOrEqualTo(45, "the first volley, and a probe now and then");
    }

    [Fact]
    public async Task A_configured_rate_holds_for_both()
    {
        const int PerMinute = 300;
        await using var provider = await SimulatedModelProvider.StartAsync(new() { Latency = new() }, Ct);

        await CallAsync(provider, new GateOptions { RequestsPerMinute = PerMinute }, calls: PerMinute + 10);

        // What a full bucket holds and what ran in, but for calls that were under way for different times.
        var arrivals = provider.Requests.Select(static request => request.At).Order().ToList();
        (arrivals[^1] - arrivals[0]).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task A_rate_that_answers_announce_is_kept_by_both_together()
    {
        var rates = new RateLimitOptions { RequestsPerMinute = 600, BurstSeconds = 6 };
        await using var provider = await SimulatedModelProvider.StartAsync(new() { Latency = Latency, RateLimit = rates }, Ct);

        await CallAsync(provider, new GateOptions(), calls: 120);

        provider.Bill.Completed.ShouldBe(120);
        provider.Bill.Rejected.ShouldBeLessThanOrEqualTo(18);
    }

    [Fact]
    public async Task A_service_over_PostgreSQL_shares_its_gate_and_shows_what_others_have()
    {
        var packet = ModelPacket.Make(34);
        await using var service = await ModelService.StartAsync(
            new(), [packet.Truth], Ct, ("DATABASE__PROVIDER", "postgresql"), ("DATABASE__CONNECTION_STRING", _connectionString!));

        var id = await service.UploadAsync(packet, Ct);

        (await service.Process.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("completed");
        var gate = (await service.Process.GetAsync("/v1/processor", Ct)).GetProperty("provider_gates").EnumerateArray().ShouldHaveSingleItem();
        gate.GetProperty("calls").GetInt64().ShouldBeGreaterThan(0);
        gate.GetProperty("elsewhere").GetProperty("nodes").GetInt32().ShouldBe(0);
    }

    private async Task CallAsync(SimulatedModelProvider provider, GateOptions options, int calls)
    {
        using var gatesOfA = new ProviderGates(_ => options, TimeProvider.System, shared: _a.Gates);
        using var gatesOfB = new ProviderGates(_ => options, TimeProvider.System, shared: _b.Gates);
        var key = new ProviderGateKey(provider.BaseUrl, "ab12", "simulated");
        CallGate[] gates = [gatesOfA.For(key), gatesOfB.For(key)];
        await Task.WhenAll(Enumerable.Range(0, calls).Select(async number =>
        {
            while (!await TryAsync(gates[number % 2], provider, number))
            {
            }
        }));

        gates.Sum(static gate => gate.Status.Started - gate.Status.RateLimited).ShouldBe(calls);
        gates.ShouldAllBe(static gate => gate.Status.Started > 0);
    }

    /// <summary>Makes a call; false when it was rejected.</summary>
    private async Task<bool> TryAsync(CallGate gate, SimulatedModelProvider provider, int number)
    {
        using var permit = await gate.EnterAsync(Priority.Normal, 20, Ct);
        var sent = TimeProvider.System.GetTimestamp();
        using var body = new StringContent(
            FormattableString.Invariant($$"""{"model":"simulated","messages":[{"role":"user","content":"Question {{number}}"}]}"""), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri($"{provider.BaseUrl}/chat/completions"), body, Ct);
        var limits = ProviderHeaders.Limits(response.Headers);
        if (response.StatusCode is HttpStatusCode.TooManyRequests)
        {
            permit.RateLimited(ProviderHeaders.RetryAfter(response.Headers, TimeProvider.System.GetUtcNow()), limits);
            return false;
        }

        response.EnsureSuccessStatusCode();
        permit.Succeeded(TimeProvider.System.GetElapsedTime(sent), actualTokens: 0, limits);
        return true;
    }
}
