using System.Net;
using Idp.Simulators.Http;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Idp.Simulators.Truth;
using Idp.Simulators.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Idp.Simulators;

/// <summary>A provider that listens: its state, its routes and its own.</summary>
internal sealed class ProviderHost : IAsyncDisposable
{
    private const long MostBodyBytes = 64L * 1024 * 1024;

    private readonly WebApplication _host;
    private readonly CancellationTokenSource _stopping;

    private ProviderHost(WebApplication host, ProviderState state, CancellationTokenSource stopping)
    {
        (_host, State, _stopping) = (host, state, stopping);
        BaseAddress = new Uri(host.Urls.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri BaseAddress { get; }

    /// <summary>All that it holds.</summary>
    public ProviderState State { get; }

    /// <summary>Reads the truth that the settings name and starts to listen.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="clock">The clock of latencies, limits and times.</param>
    /// <param name="map">Maps the provider's endpoints.</param>
    /// <param name="ct">Cancels the start.</param>
    public static async Task<ProviderHost> StartAsync(
        SimulatorOptions options, TimeProvider clock, Action<IEndpointRouteBuilder, ProviderState, CancellationToken> map, CancellationToken ct)
    {
        options.Checked();
        var documents = new List<TruthDocument>();
        foreach (var path in options.Truth)
        {
            documents.AddRange(await TruthFiles.ReadAsync(path, ct));
        }

        var companies = new List<WebCompany>();
        foreach (var path in options.Web.Files)
        {
            companies.AddRange(await WebFiles.ReadAsync(path, ct));
        }

        var state = new ProviderState(options, clock) { Truth = new TruthLibrary(documents) };
        state.SetWeb(companies);
        var stopping = new CancellationTokenSource();
        var host = Build(options);
        map(host, state, stopping.Token);
        ControlRoutes.Map(host, state);
        try
        {
            await host.StartAsync(ct);
            return new ProviderHost(host, state, stopping);
        }
        catch
        {
            await host.DisposeAsync();
            stopping.Dispose();
            state.Dispose();
            throw;
        }
    }

    /// <summary>Cuts what runs (unbilled) and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _host.StopAsync();
        await _host.DisposeAsync();
        State.Dispose();
        _stopping.Dispose();
    }

    private static WebApplication Build(SimulatorOptions options)
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
        return host;
    }
}
