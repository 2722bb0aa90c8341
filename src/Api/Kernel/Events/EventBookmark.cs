using System.Globalization;
using Idp.Api.Kernel.Problems;
using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Events;

/// <summary>Where a reader of events left off.</summary>
internal static class EventBookmark
{
    /// <summary>Reads it from a request; a success without value means that there is none.</summary>
    /// <param name="lastEventId">The header <c>Last-Event-ID</c>. It goes first: a browser that reconnects sends it along with the address that it first used.</param>
    /// <param name="after">The parameter <c>after</c>.</param>
    public static Result<long?> Read(string? lastEventId, string? after)
    {
        var text = string.IsNullOrEmpty(lastEventId) ? after : lastEventId;
        if (string.IsNullOrEmpty(text))
        {
            return default(long?);
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : RequestProblems.BadEventId();
    }
}
