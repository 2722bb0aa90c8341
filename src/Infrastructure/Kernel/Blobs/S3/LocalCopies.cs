using Idp.Application.Kernel.Blobs;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>Which objects this process has as files: at most so many bytes beside those in use, the longest unused go first, and none stays that was not used for an hour.</summary>
/// <remarks>Safe to call concurrently. It lives with the process and starts empty.</remarks>
internal sealed class LocalCopies : IDisposable
{
    /// <summary>A document that another node deletes must not stay here for long.</summary>
    public static readonly TimeSpan LongestUnused = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<BlobKey, LocalCopy> _copies = [];
    private readonly long _mostBytes;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private long _bytes;

    /// <summary>Makes an empty set.</summary>
    public LocalCopies(S3Options options, TimeProvider clock)
    {
        (_mostBytes, _clock) = (options.CacheMaxBytes, clock);
        _sweep = clock.CreateTimer(_ => RemoveUnused(), null, LongestUnused / 6, LongestUnused / 6);
    }

    /// <summary>The copy of one content of an object for one more user, to be filled and then given back; an older content's copy is given to nobody any more.</summary>
    public LocalCopy Take(BlobKey key, ObjectVersion version)
    {
        lock (_lock)
        {
            if (_copies.TryGetValue(key, out var known) && known.Version == version)
            {
                known.Users++;
                return known;
            }

            ForgetHeld(key);
            MakeRoom(version.Length);
            var copy = new LocalCopy(key, version) { Users = 1 };
            _copies.Add(key, copy);
            _bytes += version.Length;
            return copy;
        }
    }

    /// <summary>Gives a copy back.</summary>
    public void Return(LocalCopy copy)
    {
        lock (_lock)
        {
            copy.Users--;
            copy.UsedAt = _clock.GetUtcNow();
            if (copy is { Users: 0, IsForgotten: true })
            {
                Remove(copy);
            }
            else if (copy is { Users: 0, Path: null })
            {
                // It was never filled.
                ForgetHeld(copy.Key);
            }
            else
            {
                MakeRoom(0);
            }
        }
    }

    /// <summary>Gives the copy of an object to nobody any more.</summary>
    public void Forget(BlobKey key)
    {
        lock (_lock)
        {
            ForgetHeld(key);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sweep.Dispose();
        lock (_lock)
        {
            foreach (var key in _copies.Keys.ToList())
            {
                ForgetHeld(key);
            }
        }
    }

    private static void Remove(LocalCopy copy)
    {
        if (copy.Path is { } path)
        {
            LocalFolder.Remove(path);
        }

        copy.Dispose();
    }

    private void ForgetHeld(BlobKey key)
    {
        if (!_copies.Remove(key, out var copy))
        {
            return;
        }

        _bytes -= copy.Version.Length;
        copy.IsForgotten = true;
        if (copy.Users == 0)
        {
            Remove(copy);
        }
    }

    private void MakeRoom(long length)
    {
        while (_bytes + length > _mostBytes && _copies.Values.Where(static copy => copy.Users == 0).MinBy(static copy => copy.UsedAt) is { } oldest)
        {
            ForgetHeld(oldest.Key);
        }
    }

    private void RemoveUnused()
    {
        lock (_lock)
        {
            var limit = _clock.GetUtcNow() - LongestUnused;
            foreach (var copy in _copies.Values.Where(copy => copy.Users == 0 && copy.UsedAt <= limit).ToList())
            {
                ForgetHeld(copy.Key);
            }
        }
    }
}
