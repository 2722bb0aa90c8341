using System.Net.Http.Headers;

namespace Idp.Infrastructure.Kernel.Providers;

/// <summary>Makes the one HTTP client to an outside provider that a process has.</summary>
internal static class ProviderClient
{
    /// <summary>A client without limits of its own: how many requests are under way is a gate's business, how long they take that of <see cref="BoundedExchange"/>.</summary>
    /// <param name="address">Where it goes, and nowhere else: it follows no redirects, so that key and content reach no other host.</param>
    /// <param name="bearer">The key that goes with each request; empty for none.</param>
    public static HttpClient To(Uri address, string bearer)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        var client = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("idp", null));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (bearer.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return client;
    }
}
