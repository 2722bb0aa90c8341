using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>
/// Text layers of neighbouring pages, read in one go and kept for the calls that follow: one start of the tools serves a window of pages.
/// Safe to call concurrently; callers of one window wait for one reading.
/// </summary>
internal sealed class TextLayerWindows
{
    /// <summary>Pages a window.</summary>
    public const int Size = 16;

    /// <summary>Windows kept; a full one of dense pages takes about 3 MiB.</summary>
    private const int Capacity = 12;

    private readonly Lock _lock = new();
    private readonly LinkedList<(Key Key, Task<Result<IReadOnlyList<Result<TextLayerReading>>>> Reading)> _windows = new();

    /// <summary>Which pages of which file.</summary>
    internal readonly record struct Key(ContentHash Hash, int First);

    /// <summary>The window, from memory or by <paramref name="read"/>. A failure that may pass is not kept.</summary>
    public async Task<Result<IReadOnlyList<Result<TextLayerReading>>>> GetAsync(
        Key key, Func<Task<Result<IReadOnlyList<Result<TextLayerReading>>>>> read, CancellationToken ct)
    {
        while (true)
        {
            var reading = Take(key, read);
            try
            {
                var result = await reading.WaitAsync(ct);
                if (result.Error is { IsTransient: true })
                {
                    Forget(key, reading);
                }

                return result;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // The caller that was reading gave up; this one takes over.
                Forget(key, reading);
            }
            catch
            {
                Forget(key, reading);
                throw;
            }
        }
    }

    private Task<Result<IReadOnlyList<Result<TextLayerReading>>>> Take(
        Key key, Func<Task<Result<IReadOnlyList<Result<TextLayerReading>>>>> read)
    {
        lock (_lock)
        {
            for (var node = _windows.First; node is not null; node = node.Next)
            {
                if (node.Value.Key == key)
                {
                    _windows.Remove(node);
                    _windows.AddFirst(node);
                    return node.Value.Reading;
                }
            }

            var reading = read();
            _windows.AddFirst((key, reading));
            if (_windows.Count > Capacity)
            {
                _windows.RemoveLast();
            }

            return reading;
        }
    }

    private void Forget(Key key, Task<Result<IReadOnlyList<Result<TextLayerReading>>>> reading)
    {
        lock (_lock)
        {
            _windows.Remove((key, reading));
        }
    }
}
