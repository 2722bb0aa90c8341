namespace Idp.Simulators.Serving;

/// <summary>A bucket that refills continuously. Not safe to use from many threads: its owner locks.</summary>
internal sealed class TokenBucket
{
    private double _perSecond;
    private double _held;
    private DateTimeOffset _at;

    /// <summary>What a full bucket holds; 0: there is no limit.</summary>
    public double Size { get; private set; }

    /// <summary>The limit per minute; 0: there is none.</summary>
    public int PerMinute { get; private set; }

    /// <summary>Changes the limit. What was taken stays taken.</summary>
    public void Configure(int perMinute, double burstSeconds, DateTimeOffset now)
    {
        Refill(now);
        var taken = Size - _held;
        PerMinute = perMinute;
        _perSecond = perMinute / 60.0;

        // A bucket that cannot hold one request would refuse for ever.
        Size = perMinute == 0 ? 0 : Math.Max(1, _perSecond * burstSeconds);
        _held = Size - taken;
        _at = now;
    }

    /// <summary>How long until <paramref name="amount"/> is there; zero if it is now, null if it never will be.</summary>
    public TimeSpan? Wait(double amount, DateTimeOffset now)
    {
        Refill(now);
        return Size == 0 || amount <= _held ? TimeSpan.Zero
            : amount > Size ? null
            : TimeSpan.FromSeconds((amount - _held) / _perSecond);
    }

    /// <summary>Takes, even more than there is: an answer's length is known only when it is computed.</summary>
    public void Take(double amount, DateTimeOffset now)
    {
        Refill(now);
        _held -= Size == 0 ? 0 : amount;
    }

    /// <summary>Whole units left, and how long until the bucket is full.</summary>
    public (long Remaining, TimeSpan UntilFull) State(DateTimeOffset now)
    {
        Refill(now);
        return Size == 0 ? (0, TimeSpan.Zero) : ((long)Math.Max(0, Math.Floor(_held)), TimeSpan.FromSeconds((Size - _held) / _perSecond));
    }

    /// <summary>Fills the bucket.</summary>
    public void Fill() => _held = Size;

    private void Refill(DateTimeOffset now)
    {
        var elapsed = (now - _at).TotalSeconds;
        if (elapsed > 0)
        {
            _held = Math.Min(Size, _held + (elapsed * _perSecond));
            _at = now;
        }
    }
}
