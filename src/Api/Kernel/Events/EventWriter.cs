using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Idp.Api.Kernel.Events;

/// <summary>Writes the frames of a stream of Server-Sent Events.</summary>
internal sealed class EventWriter(PipeWriter output)
{
    /// <summary>True while, and after, something could not be handed to the connection because the client does not take it.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Tells clients how long to wait before they reconnect.</summary>
    public void WriteRetry(TimeSpan wait) => Write(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)wait.TotalMilliseconds}\n\n"));

    /// <summary>A line that clients ignore, and that keeps whatever is between from closing an idle connection.</summary>
    public void WriteHeartbeat() => Write(": heartbeat\n\n");

    /// <summary>One event.</summary>
    /// <param name="id">Its place, for a later <c>Last-Event-ID</c>; null leaves the client's as it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its data.</param>
    public void WriteEvent(long? id, string name, string data)
    {
        if (id is { } sequence)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"id: {sequence}\n"));
        }

        Write("event: ");
        Write(name);
        foreach (var line in data.AsSpan().EnumerateLines())
        {
            Write("\ndata: ");
            Write(line);
        }

        Write("\n\n");
    }

    /// <summary>Sends what was written; returns once the client took enough of it.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task FlushAsync(CancellationToken ct)
    {
        IsSending = true;
        await output.FlushAsync(ct);
        IsSending = false;
    }

    private void Write(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);
}
