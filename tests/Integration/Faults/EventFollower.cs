using System.Globalization;
using Idp.Integration.Api.Events;

namespace Idp.Integration.Faults;

/// <summary>A client of one event stream that comes back, as a browser does, whenever the connection is lost: with the id of the last event that it has.</summary>
internal sealed class EventFollower(Uri address, string path) : IDisposable
{
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    private readonly List<ServerSentEvent> _seen = [];

    /// <summary>How often a stream was opened.</summary>
    public int Connections { get; private set; }

    /// <summary>Follows until <c>done</c>.</summary>
    /// <returns>Everything that was told, in the order of arrival.</returns>
    public async Task<IReadOnlyList<ServerSentEvent>> FollowAsync(CancellationToken ct)
    {
        while (_seen.Count == 0 || _seen[^1].Name != "done")
        {
            try
            {
                await ReadOnceAsync(ct);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The service was killed, or is not up again yet.
            }

            await Task.Delay(BeforeNextTry, TimeProvider.System, ct);
        }

        return _seen;
    }

    public void Dispose() => _http.Dispose();

    private async Task ReadOnceAsync(CancellationToken ct)
    {
        var bookmark = _seen.Count > 0 ? _seen[^1].Id!.Value : 0;
        using var stream = await ServerSentEvents.OpenAsync(
            _http, $"{path}?after=0", ct, ("Last-Event-ID", bookmark.ToString(CultureInfo.InvariantCulture)));
        Connections++;
        while (await stream.NextAsync(ct) is { } next)
        {
            _seen.Add(next);
        }
    }
}
