namespace Idp.Domain.Kernel.Concurrency;

/// <summary>Why the limit stopped growing.</summary>
public enum LimitSign
{
    /// <summary>A call was rejected because too many were in flight.</summary>
    Rejection,

    /// <summary>Calls waited for each other at the provider.</summary>
    Queueing,

    /// <summary>A call got no answer in time, or many in a row failed.</summary>
    Silence,
}

/// <summary>A level that the limit keeps to after a sign, and when it tries more.</summary>
/// <param name="Level">The limit that is believed right.</param>
/// <param name="Sign">What was seen above it.</param>
/// <param name="Step">How far above it the next probe goes; at least 1.</param>
/// <param name="ProbeAfter">Successful calls before the next probe; doubles with each probe that fails.</param>
/// <param name="NotBefore">No probe before this time.</param>
/// <param name="Successes">Successful calls since the last sign.</param>
/// <param name="ProbeSuccesses">Successful calls that began above the level; 0 unless probing.</param>
/// <param name="Probing">The limit is a step above the level.</param>
public sealed record LimitHold(
    int Level, LimitSign Sign, int Step, int ProbeAfter, TimeSpan NotBefore, int Successes = 0, int ProbeSuccesses = 0, bool Probing = false)
{
    private const int LongestWait = 12_800;

    /// <summary>Clearly fewer calls than the level: one of these that is rejected was not rejected for the calls in flight. 0 when there are no such.</summary>
    public int ClearlyBelow => (int)(Level * 0.8);

    /// <summary>The level after a first sign.</summary>
    public static LimitHold After(LimitSign sign, int level, TimeSpan notBefore) => sign switch
    {
        // A probe above a rejecting provider's capacity costs a rejection; the waits double, so that they become rare.
        LimitSign.Rejection => new LimitHold(level, sign, 1, Math.Max(4, level), notBefore),
        LimitSign.Queueing => new LimitHold(level, sign, Math.Max(1, level / 2), Math.Max(100, 10 * level), notBefore),
        LimitSign.Silence => new LimitHold(level, sign, Math.Max(1, level / 8), 2 * level, notBefore),
    };

    /// <summary>After a probe that failed: back to the level, or to what the probe showed it to be, and the next waits twice as long.</summary>
    public LimitHold ProbeFailed(int level, TimeSpan notBefore) => this with
    {
        Level = level,
        Step = Sign is LimitSign.Rejection ? 1 : Step,
        ProbeAfter = Math.Min(LongestWait, ProbeAfter * 2),
        NotBefore = notBefore,
        Successes = 0,
        ProbeSuccesses = 0,
        Probing = false,
    };

    /// <summary>A higher level after a probe that held; the next step is twice as far, at once.</summary>
    public LimitHold ProbeHeld() =>
        this with { Level = Level + Step, Step = Step * 2, ProbeAfter = After(Sign, Level + Step, NotBefore).ProbeAfter, ProbeSuccesses = 0 };
}
