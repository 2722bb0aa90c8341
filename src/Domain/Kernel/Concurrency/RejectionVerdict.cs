namespace Idp.Domain.Kernel.Concurrency;

/// <summary>What a rejection was about.</summary>
public enum RejectionCause
{
    /// <summary>Too many calls in flight.</summary>
    InFlight,

    /// <summary>Too many calls or tokens in a time, as the provider's own figures say.</summary>
    AnnouncedRate,

    /// <summary>Too many calls in a time, as its rejections show.</summary>
    ShownRate,
}

/// <summary>Tells rejections for the calls in flight from rejections for their rate.</summary>
public static class RejectionVerdict
{
    /// <summary>Judges one rejection.</summary>
    /// <param name="call">The rejected call.</param>
    /// <param name="tokens">Its tokens, as estimated.</param>
    /// <param name="requests">What the provider said of requests.</param>
    /// <param name="announcedTokens">What the provider said of tokens.</param>
    /// <param name="isRateKnown">Earlier rejections were about the rate.</param>
    /// <param name="hold">The level that the limit keeps to; null before the first sign.</param>
    /// <param name="oddRejections">Calls that were rejected although no more were in flight than had been taken before, this one included.</param>
    public static RejectionCause Judge(
        CallStart call, int tokens, AnnouncedLevel requests, AnnouncedLevel announcedTokens, bool isRateKnown, LimitHold? hold, int oddRejections)
    {
        // The provider counts tokens in its own way, so "nearly none left" is none.
        if (requests.Remaining is <= 0 || announcedTokens.Remaining < 2L * tokens)
        {
            return RejectionCause.AnnouncedRate;
        }

        if (requests.Remaining is > 0)
        {
            return RejectionCause.InFlight;
        }

        // Clearly fewer in flight than the provider took before, and yet too many: then it was never about that.
        var isBelowCapacity = hold is { Sign: LimitSign.Rejection } found && call.InFlight - 1 < (0.85 * found.Level) - 1;
        return isRateKnown || isBelowCapacity || oddRejections > 2 ? RejectionCause.ShownRate : RejectionCause.InFlight;
    }

    /// <summary>True for a call that was rejected with no more in flight than had been taken before, or with none.</summary>
    /// <param name="call">The rejected call.</param>
    /// <param name="others">Other calls in flight when the rejection came.</param>
    /// <param name="hold">The level that the limit keeps to; null before the first sign.</param>
    public static bool IsOdd(CallStart call, int others, LimitHold? hold) =>
        (call.InFlight == 1 && others == 0)
        || (hold is { Sign: LimitSign.Rejection, Probing: false } found && found.Successes >= found.Level && call.InFlight <= found.Level);
}
