namespace Idp.Simulators.Options;

/// <summary>One thing that goes wrong; the meaning of each stands at <see cref="FaultOptions"/>.</summary>
public enum Fault
{
    /// <summary>Nothing goes wrong.</summary>
    None,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>502.</summary>
    BadGateway,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>429 <c>rate_limit_exceeded</c>.</summary>
    RateLimited,

    /// <summary>429 <c>insufficient_quota</c>.</summary>
    InsufficientQuota,

    /// <summary>Cut before any work.</summary>
    DropBeforeWork,

    /// <summary>Cut when the answer is billed.</summary>
    DropAfterBilling,

    /// <summary>Slow.</summary>
    Slow,

    /// <summary>No JSON.</summary>
    MalformedJson,

    /// <summary>JSON in a fence.</summary>
    FencedJson,

    /// <summary>JSON between sentences.</summary>
    JsonInProse,

    /// <summary>No usage.</summary>
    MissingUsage,

    /// <summary>A refusal.</summary>
    Refusal,

    /// <summary>One value altered.</summary>
    WrongValue,

    /// <summary>One value invented.</summary>
    InventedValue,

    /// <summary>Rows left out.</summary>
    SkippedRows,

    /// <summary>Rows told twice.</summary>
    RepeatedRows,

    /// <summary>400 for size.</summary>
    TooLarge,

    /// <summary>A quote that nobody wrote.</summary>
    WrongQuote,

    /// <summary>A source that was not sent.</summary>
    UnsentSource,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>432.</summary>
    PlanLimit,

    /// <summary>433.</summary>
    SpendLimit,

    /// <summary>402.</summary>
    PaymentRequired,

    /// <summary>A job that ends with an error.</summary>
    JobFails,
}
