using System.Globalization;
using Idp.Simulators.Billing;
using Idp.Simulators.Http;
using Idp.Simulators.Options;
using Idp.Simulators.Web;

namespace Idp.Simulators;

/// <summary>A search provider that speaks Tavily's wire format on a loopback port, finds pages of a web of its own, misbehaves as told, and keeps its own bill.</summary>
/// <remarks>It shares no code with the product, so that its bill is a second opinion. All members are safe to call concurrently.</remarks>
public sealed class SimulatedSearchProvider : IAsyncDisposable
{
    private readonly ProviderHost _host;

    private SimulatedSearchProvider(ProviderHost host)
    {
        _host = host;
        BaseUrl = BaseAddress.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>What a client is given as base URL, such as <c>http://127.0.0.1:40123</c>.</summary>
    public string BaseUrl { get; }

    /// <summary>The root, for <c>/simulator/…</c>.</summary>
    public Uri BaseAddress => _host.BaseAddress;

    /// <summary>The bill now: one consistent moment.</summary>
    public BillSnapshot Bill => _host.State.BillNow();

    /// <summary>The requests so far, in the order of arrival (the latest 100,000).</summary>
    public IReadOnlyList<RequestRecord> Requests => _host.State.Log.Snapshot();

    /// <summary>The settings now.</summary>
    public SimulatorOptions Options => _host.State.Options;

    /// <summary>Starts a provider and returns when it listens.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <exception cref="System.Text.Json.JsonException">A setting is out of its range, or a file of companies is of no known form.</exception>
    /// <exception cref="IOException">The port is taken, or a file cannot be read or written.</exception>
    public static Task<SimulatedSearchProvider> StartAsync(SimulatorOptions options, CancellationToken ct) => StartAsync(options, TimeProvider.System, ct);

    /// <summary>As above, with a clock of its own for latencies, limits and times.</summary>
    public static async Task<SimulatedSearchProvider> StartAsync(SimulatorOptions options, TimeProvider clock, CancellationToken ct) =>
        new(await ProviderHost.StartAsync(options, clock, SearchRoutes.Map, ct));

    /// <summary>Changes settings in one step. Requests that run keep what they began with, except that new places let waiting ones in.</summary>
    public SimulatorOptions Change(Func<SimulatorOptions, SimulatorOptions> change) => _host.State.Change(change);

    /// <summary>Strikes the next requests that get past the limits with these faults, one each, whatever the probabilities; <see cref="Fault.None"/> spares one.</summary>
    public void Script(params IReadOnlyList<Fault> faults) => _host.State.Dice.Script(faults);

    /// <summary>Puts these companies in place of all that the web was given so far.</summary>
    public void SetWeb(IReadOnlyList<WebCompany> companies) => _host.State.SetWeb(companies);

    /// <summary>What is true of the company that a query is about; null where nothing is known.</summary>
    public WebCompany? TruthOf(string query) => _host.State.Web.FindByQuery(query);

    /// <summary>A new bill, an empty log, full buckets, no script, and no memory of earlier requests. Settings and web stay.</summary>
    public void Reset() => _host.State.Reset();

    /// <summary>Cuts what runs (unbilled) and stops listening.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Where it listens and what it knows, for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{BaseUrl} ({_host.State.Web.Given.Count} companies given, others {(Options.Web.Invents ? "invented" : "unknown")})");
}
