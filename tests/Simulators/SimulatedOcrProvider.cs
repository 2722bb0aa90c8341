using System.Globalization;
using Idp.Simulators.Billing;
using Idp.Simulators.Http;
using Idp.Simulators.Options;
using Idp.Simulators.Recognition;

namespace Idp.Simulators;

/// <summary>A recognition provider that speaks LLMWhisperer's wire format on a loopback port, reads what the sent bytes say, misbehaves as told, and keeps its own bill.</summary>
/// <remarks>It shares no code with the product, so that its bill is a second opinion. All members are safe to call concurrently.</remarks>
public sealed class SimulatedOcrProvider : IAsyncDisposable
{
    private readonly ProviderHost _host;
    private readonly WhisperDesk _desk;
    private readonly WhisperRoutes _routes;

    private SimulatedOcrProvider(ProviderHost host, WhisperDesk desk, WhisperRoutes routes)
    {
        (_host, _desk, _routes) = (host, desk, routes);
        BaseUrl = $"{BaseAddress.GetLeftPart(UriPartial.Authority)}/api/v2";
    }

    /// <summary>What a client is given as base URL, such as <c>http://127.0.0.1:40123/api/v2</c>.</summary>
    public string BaseUrl { get; }

    /// <summary>The root, for <c>/simulator/…</c>.</summary>
    public Uri BaseAddress => _host.BaseAddress;

    /// <summary>The bill now, of submissions: one consistent moment.</summary>
    public BillSnapshot Bill => _host.State.BillNow();

    /// <summary>The requests to all endpoints so far, in the order of arrival (the latest 100,000).</summary>
    public IReadOnlyList<RequestRecord> Requests => _host.State.Log.Snapshot();

    /// <summary>Starts a provider and returns when it listens.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <exception cref="System.Text.Json.JsonException">A setting is out of its range.</exception>
    /// <exception cref="IOException">The port is taken, or a file cannot be read or written.</exception>
    public static Task<SimulatedOcrProvider> StartAsync(SimulatorOptions options, CancellationToken ct) => StartAsync(options, TimeProvider.System, ct);

    /// <summary>As above, with a clock of its own for latencies, limits and times.</summary>
    public static async Task<SimulatedOcrProvider> StartAsync(SimulatorOptions options, TimeProvider clock, CancellationToken ct)
    {
        (WhisperDesk Desk, WhisperRoutes Routes)? parts = null;
        var host = await ProviderHost.StartAsync(
            options, clock,
            (routes, state, stopping) =>
            {
                var desk = new WhisperDesk(state, stopping);
                parts = (desk, new WhisperRoutes(state, desk));
                parts.Value.Routes.Map(routes);
            },
            ct);
        await parts!.Value.Desk.LoadAsync(options.Recognition.Texts, ct);
        return new SimulatedOcrProvider(host, parts.Value.Desk, parts.Value.Routes);
    }

    /// <summary>Changes settings in one step. Jobs that run keep what they began with, except that new places let waiting ones in.</summary>
    public SimulatorOptions Change(Func<SimulatorOptions, SimulatorOptions> change) => _host.State.Change(change);

    /// <summary>Strikes the next submissions with these faults, one each, whatever the probabilities; <see cref="Fault.None"/> spares one.</summary>
    public void Script(params IReadOnlyList<Fault> faults) => _routes.Script("whisper", faults);

    /// <summary>The same for the next requests to another endpoint, such as <c>whisper-retrieve</c>.</summary>
    public void ScriptFor(string endpoint, params IReadOnlyList<Fault> faults) => _routes.Script(endpoint, faults);

    /// <summary>Says what the pages of a file say, in place of what its bytes look like.</summary>
    public void Know(ReadOnlySpan<byte> content, params IReadOnlyList<string> pages) => _desk.Know(content, pages);

    /// <summary>A new bill, an empty log, full buckets, no script. Settings, texts and jobs stay; jobs that were accepted before are on no bill.</summary>
    public void Reset() => _host.State.Reset();

    /// <summary>Stops work and listening.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Where it listens, for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BaseUrl} (reads files by pdftotext and tesseract)");
}
