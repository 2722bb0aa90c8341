using System.Globalization;
using System.Net;
using Idp.Simulators.Billing;
using Idp.Simulators.Http;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Idp.Simulators.Truth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Idp.Simulators;

/// <summary>A model provider that speaks the OpenAI-compatible wire format on a port of this machine, answers from ground truth, misbehaves as told, and keeps its own bill.</summary>
/// <remarks>It shares no code with the product, so that its bill is a second opinion. All members are safe to call concurrently.</remarks>
public sealed class SimulatedModelProvider : IAsyncDisposable
{
    private const long MostBodyBytes = 64L * 1024 * 1024;

    private readonly WebApplication _host;
    private readonly ProviderState _state;
    private readonly CancellationTokenSource _stopping;

    private SimulatedModelProvider(WebApplication host, ProviderState state, CancellationTokenSource stopping)
    {
        (_host, _state, _stopping) = (host, state, stopping);
        BaseAddress = new Uri(host.Urls.First());
        BaseUrl = BaseAddress.GetLeftPart(UriPartial.Authority) + "/v1";
    }

    /// <summary>What a client is given as base URL, such as <c>http://127.0.0.1:40123/v1</c>.</summary>
    public string BaseUrl { get; }

    /// <summary>The root, for <c>/simulator/…</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The bill now: one consistent moment.</summary>
    public BillSnapshot Bill => _state.BillNow();

    /// <summary>The requests so far, in the order of arrival (the latest 100,000).</summary>
    public IReadOnlyList<RequestRecord> Requests => _state.Log.Snapshot();

    /// <summary>The settings now.</summary>
    public SimulatorOptions Options => _state.Options;

    /// <summary>Starts a provider and returns when it listens.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <exception cref="System.Text.Json.JsonException">A setting is out of its range, or a file of truth is of no known form.</exception>
    /// <exception cref="IOException">The port is taken, or a file cannot be read or written.</exception>
    public static Task<SimulatedModelProvider> StartAsync(SimulatorOptions options, CancellationToken ct) => StartAsync(options, TimeProvider.System, ct);

    /// <summary>As above, with a clock of its own for latencies, limits and times.</summary>
    public static async Task<SimulatedModelProvider> StartAsync(SimulatorOptions options, TimeProvider clock, CancellationToken ct)
    {
        options.Checked();
        var documents = new List<TruthDocument>();
        foreach (var path in options.Truth)
        {
            documents.AddRange(await TruthFiles.ReadAsync(path, ct));
        }

        var state = new ProviderState(options, clock) { Truth = new TruthLibrary(documents) };
        var stopping = new CancellationTokenSource();
        var host = Build(options, state, stopping.Token);
        try
        {
            await host.StartAsync(ct);
            return new SimulatedModelProvider(host, state, stopping);
        }
        catch
        {
            await host.DisposeAsync();
            stopping.Dispose();
            state.Dispose();
            throw;
        }
    }

    /// <summary>Changes settings in one step, such as <c>options => options with { Capacity = new() { AtOnce = 4 } }</c>. Requests that run keep what they began with, except that new places let waiting ones in.</summary>
    public SimulatorOptions Change(Func<SimulatorOptions, SimulatorOptions> change) => _state.Change(change);

    /// <summary>Strikes the next requests that get past the limits with these faults, one each, whatever the probabilities; <see cref="Fault.None"/> spares one.</summary>
    public void Script(params IReadOnlyList<Fault> faults) => _state.Dice.Script(faults);

    /// <summary>Puts these documents in place of all truth so far.</summary>
    public void SetTruth(IReadOnlyList<TruthDocument> documents) => _state.Truth = new TruthLibrary(documents);

    /// <summary>A new bill, an empty log, full buckets, no script, and no memory of earlier requests. Settings and truth stay.</summary>
    public void Reset() => _state.Reset();

    /// <summary>Cuts what runs (unbilled) and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _host.StopAsync();
        await _host.DisposeAsync();
        _state.Dispose();
        _stopping.Dispose();
    }

    private static WebApplication Build(SimulatorOptions options, ProviderState state, CancellationToken stopping)
    {
        // Empty: no files, no environment, no log.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        var host = builder.Build();
        host.UseRouting();
        ModelRoutes.Map(host, state, stopping);
        ControlRoutes.Map(host, state);
        return host;
    }

    /// <summary>Where it listens and what it knows, for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BaseUrl} ({_state.Truth.Documents.Count} documents known)");
}
