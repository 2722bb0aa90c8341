namespace Idp.Application.Extraction;

/// <summary>Knows which sections this process is asking a model about, so that the same page in two documents is paid for once.</summary>
internal sealed class SectionFlights
{
    private readonly Dictionary<string, TaskCompletionSource> _underWay = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Claims those of the sections that nobody is asking about; the claim is disposed when they are answered, or could not be.</summary>
    public SectionClaim Claim(IReadOnlyList<PageSection> sections)
    {
        var owned = new List<PageSection>();
        var foreign = new List<Task>();
        lock (_lock)
        {
            foreach (var section in sections)
            {
                if (_underWay.TryGetValue(section.Key, out var other))
                {
                    foreign.Add(other.Task);
                }
                else
                {
                    _underWay[section.Key] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    owned.Add(section);
                }
            }
        }

        return new SectionClaim(this, owned, foreign);
    }

    internal void Release(IEnumerable<PageSection> sections)
    {
        lock (_lock)
        {
            foreach (var section in sections)
            {
                if (_underWay.Remove(section.Key, out var done))
                {
                    done.SetResult();
                }
            }
        }
    }
}

/// <summary>Sections that the holder alone may ask about.</summary>
/// <param name="flights">Where they are claimed.</param>
/// <param name="owned">The sections.</param>
/// <param name="foreign">Ends of what others are asking about.</param>
internal sealed class SectionClaim(SectionFlights flights, IReadOnlyList<PageSection> owned, IReadOnlyList<Task> foreign) : IDisposable
{
    /// <summary>The sections that the holder may ask about.</summary>
    public IReadOnlyList<PageSection> Owned => owned;

    /// <summary>Waits until the others that were asked about are answered, or could not be. Dispose first: two that wait for each other would wait for ever.</summary>
    public Task WaitForOthersAsync(CancellationToken ct) => Task.WhenAll(foreign).WaitAsync(ct);

    /// <inheritdoc />
    public void Dispose() => flights.Release(owned);
}
