using Idp.Application.Kernel.Concurrency;

namespace Idp.Unit.Kernel.Concurrency;

/// <summary>How a provider behaves.</summary>
public sealed record ProviderBehaviour
{
    public TimeSpan Service { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Service times spread evenly this share below and above the mean.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>Service times follow an exponential tail instead: half the mean and the rest exponential.</summary>
    public bool HasLongTail { get; init; }

    public TimeSpan Network { get; init; } = TimeSpan.FromMilliseconds(2);

    public int? Capacity { get; init; }

    /// <summary>Calls above the capacity wait; otherwise they are rejected.</summary>
    public bool Queues { get; init; }

    public int? RequestsPerMinute { get; init; }

    /// <summary>Requests at once after a rest; the requests per minute when not said.</summary>
    public int? Burst { get; init; }

    public bool SendsRetryAfter { get; init; } = true;

    public bool SendsHeaders { get; init; }

    /// <summary>The headers say what remains when the answer leaves; otherwise what remained when the call came in.</summary>
    public bool SaysLimitsAtEnd { get; init; }

    /// <summary>Lets the capacity change on the way.</summary>
    public Func<TimeSpan, int>? CapacityAt { get; init; }

    /// <summary>Refuses everybody for so long at the beginning of every minute but the first.</summary>
    public TimeSpan Storm { get; init; }
}

/// <summary>What a simulated provider answers.</summary>
public sealed record SimulatedReply(bool IsAnswer, TimeSpan? RetryAfter, ProviderLimits? Limits);

/// <summary>A provider in virtual time: capacity with a queue or with rejections, and a token bucket of requests.</summary>
public sealed class SimulatedProvider(VirtualTime time, ProviderBehaviour behaviour, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Queue<Action> _line = new();
    private double _level = behaviour.Burst ?? behaviour.RequestsPerMinute ?? 0;
    private TimeSpan _filledAt;
    private int _running;

    public int Rejected { get; private set; }

    public int MostRunning { get; private set; }

    private int Capacity => behaviour.CapacityAt?.Invoke(time.Elapsed) ?? behaviour.Capacity ?? int.MaxValue;

    /// <summary>Makes a call; the reply comes over the network.</summary>
    public void Call(Action<SimulatedReply> reply) => time.After(Delay(), () => Arrive(answer => time.After(Delay(), () => reply(answer))));

    private void Arrive(Action<SimulatedReply> answer)
    {
        Fill();
        if (UntilStormIsOver() is var storm && storm > TimeSpan.Zero)
        {
            Reject(answer, TimeSpan.FromSeconds(Math.Ceiling(storm.TotalSeconds)));
            return;
        }

        if (behaviour.RequestsPerMinute is { } perMinute && _level < 1)
        {
            Reject(answer, TimeSpan.FromSeconds(Math.Ceiling((1 - _level) * 60 / perMinute)));
            return;
        }

        if (!behaviour.Queues && _running >= Capacity)
        {
            Reject(answer, TimeSpan.FromSeconds(1));
            return;
        }

        _level -= 1;
        var limits = Limits();
        if (_running < Capacity)
        {
            Run(answer, limits);
        }
        else
        {
            _line.Enqueue(() => Run(answer, limits));
        }
    }

    private TimeSpan UntilStormIsOver() =>
        time.Elapsed < TimeSpan.FromMinutes(1) ? TimeSpan.Zero : behaviour.Storm - TimeSpan.FromTicks(time.Elapsed.Ticks % TimeSpan.TicksPerMinute);

    private void Run(Action<SimulatedReply> answer, ProviderLimits? limits)
    {
        MostRunning = Math.Max(MostRunning, ++_running);
        time.After(ServiceTime(), () =>
        {
            _running--;
            Fill();
            answer(new SimulatedReply(true, null, behaviour.SaysLimitsAtEnd ? Limits() : limits));
            if (_running < Capacity && _line.TryDequeue(out var next))
            {
                next();
            }
        });
    }

    private void Reject(Action<SimulatedReply> answer, TimeSpan retryAfter)
    {
        Rejected++;
        answer(new SimulatedReply(false, behaviour.SendsRetryAfter ? retryAfter : null, Limits()));
    }

    private void Fill()
    {
        if (behaviour.RequestsPerMinute is { } perMinute)
        {
            _level = Math.Min(behaviour.Burst ?? perMinute, _level + ((time.Elapsed - _filledAt).TotalSeconds * perMinute / 60));
            _filledAt = time.Elapsed;
        }
    }

    private ProviderLimits? Limits() => !behaviour.SendsHeaders ? null : behaviour.RequestsPerMinute is { } perMinute
        ? new ProviderLimits(
            perMinute, (int)Math.Max(0, _level), TimeSpan.FromSeconds(Math.Max(0, perMinute - _level) * 60 / perMinute), null, null, null)
        : new ProviderLimits(null, null, null, null, null, null);

    private TimeSpan Delay() => behaviour.Network * (0.5 + _random.NextDouble());

    private TimeSpan ServiceTime() => behaviour.Service * (behaviour.HasLongTail
        ? 0.5 - (0.5 * Math.Log(1 - _random.NextDouble()))
        : 1 + (behaviour.Jitter * ((2 * _random.NextDouble()) - 1)));
}
