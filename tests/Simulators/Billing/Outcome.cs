namespace Idp.Simulators.Billing;

/// <summary>How a request ended.</summary>
public enum Outcome
{
    /// <summary>Not yet.</summary>
    Running,

    /// <summary>The answer was computed and billed.</summary>
    Completed,

    /// <summary>Refused with 4xx.</summary>
    Rejected,

    /// <summary>5xx, cut before any work, or left by its client.</summary>
    Failed,
}
