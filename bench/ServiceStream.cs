using Idp.Integration.Faults;

namespace Idp.Bench;

/// <summary>Waits by listening: asking again and again would be work for the service.</summary>
internal static class ServiceStream
{
    /// <summary>Reads a stream of events until its <c>done</c>.</summary>
    public static async Task FollowToTheEndAsync(this ServiceProcess service, string path, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = service.Http.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        using var lines = new StreamReader(await http.GetStreamAsync(new Uri(path, UriKind.Relative), ct));
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            if (line == "event: done")
            {
                return;
            }
        }

        throw new IOException($"The stream {path} ended before what it is about.");
    }
}
