using System.CommandLine;
using Idp.Api.Kernel;
using Idp.Api.Kernel.Settings;
using Microsoft.AspNetCore.Connections;

namespace Idp.Api.CommandLine;

/// <summary><c>serve</c>: API, dashboard and workers, until stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(IReadOnlyDictionary<string, string?> settings)
    {
        var urls = new Option<string?>("--urls") { Description = $"Where to listen; {ApiServer.DefaultUrl} by default. Several are joined by semicolons.", HelpName = "URL" };
        var command = new Command("serve", "Runs the API, the dashboard and the workers until stopped.") { urls };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(urls), settings, ct));
        return command;
    }

    private static async Task<int> RunAsync(string? urls, IReadOnlyDictionary<string, string?> settings, CancellationToken ct)
    {
        var effective = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);
        if (urls is not null)
        {
            effective[WebHostDefaults.ServerUrlsKey] = urls;
        }

        await using var app = ApiServer.Build(effective);
        await Startup.PrepareAsync(app.Services, ct);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync(
                $"{app.Configuration[WebHostDefaults.ServerUrlsKey]} is in use by another program. Stop it, or choose another port with --urls.");
            return ExitCodes.Failed;
        }

        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Idp.Api")
            .Ready(ProgramVersion.Current, string.Join(", ", app.Urls), app.Services.GetRequiredService<NodeOptions>().Role);
        await app.WaitForShutdownAsync(ct);
        return ExitCodes.Completed;
    }
}
