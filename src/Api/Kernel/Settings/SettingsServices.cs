namespace Idp.Api.Kernel.Settings;

/// <summary>Registers option classes with the values that the configuration gives them.</summary>
internal static class SettingsServices
{
    /// <summary>Reads <typeparamref name="T"/> from <paramref name="section"/> and registers it as itself.</summary>
    /// <returns>The options.</returns>
    public static T AddValidatedOptions<T>(this IServiceCollection services, SettingsReader settings, string section)
        where T : class, new()
    {
        var options = settings.Read<T>(section);
        services.AddSingleton(options);
        return options;
    }
}
