namespace Idp.Api.Kernel.Http;

/// <summary>Checks where the service is asked to listen, before anything is started.</summary>
internal static class ListenAddresses
{
    /// <summary>One sentence for every URL that cannot be listened on; empty when all can.</summary>
    /// <param name="urls">One URL, or several joined by semicolons.</param>
    /// <param name="anyAddress">True when there are API keys, so that others may come.</param>
    public static IReadOnlyList<string> FaultsOf(string urls, bool anyAddress)
    {
        var faults = new List<string>();
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (FaultOf(url, anyAddress) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    private static string? FaultOf(string url, bool anyAddress)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return $"'{url}' is no URL to listen on. Use the form {ApiServer.DefaultUrl}.";
        }

        return address switch
        {
            { IsUnixPipe: true } => null,
            { Scheme: not ("http" or "HTTP") } => $"'{url}' is not plain HTTP, which is all that this version speaks. Use the form {ApiServer.DefaultUrl}.",
            { PathBase.Length: > 0 } => $"'{url}' has a path; the service answers at the root. Use the form {ApiServer.DefaultUrl}.",
            _ when !anyAddress && !BrowserGuard.IsLoopback(address.Host) =>
                $"'{url}' can be reached from other machines: without API keys (AUTH__KEYS) only loopback addresses are allowed. Set keys, or use the form {ApiServer.DefaultUrl}.",
            _ => null,
        };
    }
}
