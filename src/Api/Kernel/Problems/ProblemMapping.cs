using System.Text;
using System.Text.Json;
using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Problems;

/// <summary>The one place where a failure becomes an HTTP status.</summary>
internal static class ProblemMapping
{
    private const int DefaultRetryAfterSeconds = 5;

    /// <summary>A kind without a line here does not compile (CS8509).</summary>
    public static (int Status, string Title) Describe(ErrorKind kind) => kind switch
    {
        ErrorKind.Malformed => (StatusCodes.Status400BadRequest, "The request cannot be read."),
        ErrorKind.Invalid => (StatusCodes.Status422UnprocessableEntity, "The request is understood but cannot be used."),
        ErrorKind.NotFound => (StatusCodes.Status404NotFound, "Not found."),
        ErrorKind.Conflict => (StatusCodes.Status409Conflict, "The current state forbids this."),
        ErrorKind.Stale => (StatusCodes.Status412PreconditionFailed, "This is not the current version."),
        ErrorKind.TooLarge => (StatusCodes.Status413PayloadTooLarge, "Too large."),
        ErrorKind.Unsupported => (StatusCodes.Status415UnsupportedMediaType, "Not a supported type."),
        ErrorKind.BudgetExceeded => (StatusCodes.Status402PaymentRequired, "The spending limit is reached."),
        ErrorKind.RateLimited => (StatusCodes.Status429TooManyRequests, "Too many requests."),
        ErrorKind.Rejected => (StatusCodes.Status502BadGateway, "A provider refused the request."),
        ErrorKind.Unavailable => (StatusCodes.Status503ServiceUnavailable, "Not available for the moment."),
    };

    /// <summary>A failure as the body of an answer.</summary>
    public static ProblemBody ToBody(this Error error, string? instance, string? traceId)
    {
        var (status, title) = Describe(error.Kind);
        return new ProblemBody(
            $"/problems/{error.Code}", title, status, error.Message, instance, error.Code, traceId,
            [.. error.Fields.Select(field => new ProblemFieldBody(ToPointer(field.Field), field.Message))],
            error.IsTransient, RetryAfterSeconds(error));
    }

    /// <summary>A problem of a document, as its overview lists it.</summary>
    public static ProblemBody ToBody(this Problem problem, string instance) =>
        problem.Error.ToBody(instance, traceId: null) with { Page = problem.Page, Account = problem.Account };

    /// <summary><c>Accounts[0].AccountNumber</c> becomes <c>/accounts/0/account_number</c>.</summary>
    public static string ToPointer(string property)
    {
        var pointer = new StringBuilder();
        foreach (var part in property.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            pointer.Append('/').Append(JsonNamingPolicy.SnakeCaseLower.ConvertName(part).Replace("~", "~0", StringComparison.Ordinal));
        }

        return pointer.ToString();
    }

    private static int? RetryAfterSeconds(Error error) => error switch
    {
        { RetryAfter: { } wait } => (int)Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, int.MaxValue),
        { IsTransient: true } => DefaultRetryAfterSeconds,
        _ => null,
    };
}
