using System.Globalization;
using System.Text.Json;

namespace Idp.Integration.Api.Events;

/// <summary>One event as a browser would hand it out.</summary>
internal sealed record ServerSentEvent(long? Id, string Name, JsonElement Data);

/// <summary>An open stream of events, read as the specification of Server-Sent Events says.</summary>
internal sealed class ServerSentEvents : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private ServerSentEvents(HttpResponseMessage response, StreamReader lines)
    {
        _response = response;
        _lines = lines;
    }

    public HttpResponseMessage Response => _response;

    /// <summary>Lines that begin with a colon, so far.</summary>
    public int Comments { get; private set; }

    /// <summary>What <c>retry</c> said; null before.</summary>
    public int? Retry { get; private set; }

    public static async Task<ServerSentEvents> OpenAsync(HttpClient http, string path, CancellationToken ct, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.IsSuccessStatusCode.ShouldBeTrue(path);
        return new ServerSentEvents(response, new StreamReader(await response.Content.ReadAsStreamAsync(ct)));
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<ServerSentEvent?> NextAsync(CancellationToken ct)
    {
        var (id, name, data) = (default(long?), string.Empty, string.Empty);
        while (await _lines.ReadLineAsync(ct) is { } line)
        {
            var (field, value) = Split(line);
            switch (field)
            {
                case "id":
                    id = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "event":
                    name = value;
                    break;
                case "data":
                    data += value;
                    break;
                case "retry":
                    Retry = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "":
                    Comments += line.StartsWith(':') ? 1 : 0;
                    break;
                default:
                    throw new FormatException($"'{line}' is no line of an event stream.");
            }

            if (line.Length == 0 && data.Length > 0)
            {
                using var json = JsonDocument.Parse(data);
                return new ServerSentEvent(id, name, json.RootElement.Clone());
            }
        }

        return null;
    }

    /// <summary>Everything up to the end of the stream.</summary>
    public async Task<List<ServerSentEvent>> ReadToEndAsync(CancellationToken ct)
    {
        var events = new List<ServerSentEvent>();
        while (await NextAsync(ct) is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private static (string Field, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (line, string.Empty) : (line[..colon], line[(colon + 1)..].TrimStart(' '));
    }
}
