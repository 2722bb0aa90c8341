namespace Idp.Domain.Kernel;

/// <summary>What kind of failure an <see cref="Error"/> is; the API gives each kind exactly one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The bytes or the syntax of the request cannot be read at all.</summary>
    Malformed,

    /// <summary>The input is readable but breaks a rule or cannot be used; sending it again unchanged fails again.</summary>
    Invalid,

    /// <summary>The thing named does not exist.</summary>
    NotFound,

    /// <summary>The thing exists but its state forbids the operation.</summary>
    Conflict,

    /// <summary>The caller's version of the thing is not the current one.</summary>
    Stale,

    /// <summary>The input is larger than a limit allows.</summary>
    TooLarge,

    /// <summary>The content is of a type that this service does not read.</summary>
    Unsupported,

    /// <summary>A spending limit would be passed.</summary>
    BudgetExceeded,

    /// <summary>Someone asked us to slow down; <see cref="Error.RetryAfter"/> may say for how long.</summary>
    RateLimited,

    /// <summary>A provider refused the payload itself or answered nonsense.</summary>
    Rejected,

    /// <summary>A provider, worker or store could not be reached in time; the same call may succeed later.</summary>
    Unavailable,
}

/// <summary>An expected failure, as data. Bugs and cancellation stay exceptions.</summary>
/// <param name="Kind">Decides the HTTP status and whether a retry makes sense.</param>
/// <param name="Code">A stable machine code such as <c>document.not-found</c>; part of the public API.</param>
/// <param name="Message">One sentence for a person; never document text or secrets.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    /// <summary>Messages per field; empty unless <see cref="ErrorKind.Invalid"/>.</summary>
    public ValueList<FieldError> Fields { get; init; } = [];

    /// <summary>How long to wait before the next try, where known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the same call may succeed later without any change.</summary>
    public bool IsTransient => Kind is ErrorKind.RateLimited or ErrorKind.Unavailable;
}

/// <summary>One broken rule on one field of a request.</summary>
/// <param name="Field">The property's name, e.g. <c>Priority</c>.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record FieldError(string Field, string Message);
