using Idp.Infrastructure.Kernel;

namespace Idp.Api.Kernel;

/// <summary>What every verb does between building the service and using it.</summary>
internal static class Startup
{
    /// <summary>Reports settings that have no effect and prepares the adapters.</summary>
    /// <exception cref="SetupException">An adapter cannot be used as it is set up.</exception>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Idp.Settings");
        foreach (var name in services.GetRequiredService<UnknownSettings>().Names)
        {
            logger.SettingUnknown(name);
        }

        foreach (var adapter in services.GetServices<IPreparedAtStart>())
        {
            await adapter.PrepareAsync(ct);
        }
    }
}
