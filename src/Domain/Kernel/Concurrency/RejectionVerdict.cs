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
    /// <param name="others">Other calls in flight when the rejection came.</param>
    /// <param name="requests">What the provider said of requests.</param>
    /// <param name="announcedTokens">What the provider said of tokens.</param>
    /// <param name="isRateSuspected">Earlier rejections were about the rate.</param>
    /// <param name="hold">The level that the limit keeps to; null before the first sign.</param>
    public static RejectionCause Judge(
        CallStart call, int tokens, int others, AnnouncedLevel requests, AnnouncedLevel announcedTokens, bool isRateSuspected, LimitHold? hold)
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

        if (hold is { Sign: LimitSign.Rejection } level && call.InFlight > level.Level)
        {
            return RejectionCause.InFlight;
        }

        // Clearly fewer in flight than the provider took before, or none, and yet too many: then it was never about that.
        var isBelowCapacity = hold is { Sign: LimitSign.Rejection } found && call.InFlight <= found.ClearlyBelow;
        return isRateSuspected || isBelowCapacity || others == 0 ? RejectionCause.ShownRate : RejectionCause.InFlight;
    }
}
