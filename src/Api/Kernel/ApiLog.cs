using System.Net;
using Idp.Application.Kernel.Concurrency;

namespace Idp.Api.Kernel;

/// <summary>Log messages of this layer: event ids 5000 to 5999.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(5000, LogLevel.Warning, "The setting {SettingName} is not known to this version and has no effect")]
    public static partial void SettingUnknown(this ILogger logger, string settingName);

    [LoggerMessage(5001, LogLevel.Error, "{Method} {Route} ended with an unexpected error")]
    public static partial void RequestCrashed(this ILogger logger, string method, string route, Exception exception);

    [LoggerMessage(5002, LogLevel.Warning, "A request for host {Host} was refused: only loopback names are answered while there are no API keys")]
    public static partial void HostRefused(this ILogger logger, string host);

    [LoggerMessage(5003, LogLevel.Warning, "A request from origin {Origin} was refused: web pages of other origins may not change anything")]
    public static partial void OriginRefused(this ILogger logger, string origin);

    [LoggerMessage(5004, LogLevel.Information, "Version {Version} is ready on {Addresses}: {Role}")]
    public static partial void Ready(this ILogger logger, string version, string addresses, string role);

    [LoggerMessage(5005, LogLevel.Error, "{Method} {Route}: storage or database failed")]
    public static partial void StoreFailed(this ILogger logger, string method, string route, Exception exception);

    [LoggerMessage(5006, LogLevel.Warning, "Not ready: {Check} says {Detail}")]
    public static partial void NotReady(this ILogger logger, string check, string detail);

    [LoggerMessage(5007, LogLevel.Warning, "Somebody at {Address} sent an API key that is not known")]
    public static partial void KeyRefused(this ILogger logger, IPAddress address);

    [LoggerMessage(5090, LogLevel.Warning, "Model {Model}: the provider holds calls back ({Signal}); {Limit} calls at once from now on")]
    public static partial void ProviderThrottled(this ILogger logger, string model, GateSignalKind signal, int limit);
}
