using System.ComponentModel.DataAnnotations;

namespace Idp.Api.Kernel.Events;

/// <summary>How streams of events behave; section <c>EVENTS</c>.</summary>
internal sealed class EventStreamOptions
{
    /// <summary>Seconds between two comments that keep a stream open.</summary>
    /// <value>Default 15.</value>
    [Range(0.05, 3600)]
    public double HeartbeatSeconds { get; init; } = 15;

    /// <summary>The same as a span of time.</summary>
    public TimeSpan Heartbeat => TimeSpan.FromSeconds(HeartbeatSeconds);
}
