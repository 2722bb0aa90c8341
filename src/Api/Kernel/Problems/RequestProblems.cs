using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Problems;

/// <summary>Every expected failure that concerns the request itself and not what it asks for.</summary>
internal static class RequestProblems
{
    /// <summary>Bytes or syntax that cannot be read.</summary>
    public static Error Malformed(string why) => new(ErrorKind.Malformed, "request.malformed", why);

    /// <summary>Parameters or fields that break a rule.</summary>
    public static Error Invalid(params IEnumerable<FieldError> fields) => new(
        ErrorKind.Invalid, "request.invalid", "The request breaks one or more rules.")
    {
        Fields = fields.ToValueList(),
    };

    /// <summary>A body of another media type than the endpoint reads.</summary>
    public static Error NotOfType(string wanted) => new(
        ErrorKind.Unsupported, "request.unsupported-media-type", $"The body must be sent as {wanted}.");

    /// <summary>A form without a file.</summary>
    public static Error FileMissing() => new(ErrorKind.Malformed, "request.file-missing", "The form has no part named 'file'.");

    /// <summary>A form with more than one file.</summary>
    public static Error TooManyFiles() => new(
        ErrorKind.Invalid, "request.too-many-files", "The form has more than one part named 'file'; send one request for each.");

    /// <summary>A change without the version that it is based on.</summary>
    public static Error VersionMissing() => new(
        ErrorKind.Stale, "request.if-match-missing", "Send If-Match with the ETag of the version that was read, so that no other change is lost.");

    /// <summary>An Idempotency-Key that is none.</summary>
    public static Error BadIdempotencyKey(int longest) => new(
        ErrorKind.Malformed, "idempotency.bad-key", $"Idempotency-Key must be 1 to {longest} printable ASCII characters.");

    /// <summary>A bookmark in a stream of events that is none.</summary>
    public static Error BadEventId() => new(
        ErrorKind.Malformed, "events.bad-id", "Last-Event-ID and the parameter 'after' must be the id of an event: a whole number from 0.");

    /// <summary>The same key is being worked on.</summary>
    public static Error IdempotentRequestRunning() => new(
        ErrorKind.Conflict, "idempotency.still-running", "A request with this Idempotency-Key is still being worked on; ask again in a moment.");

    /// <summary>The same key came with something else.</summary>
    public static Error IdempotencyKeyReused() => new(
        ErrorKind.Invalid, "idempotency.other-payload", "This Idempotency-Key was used for another file or other fields; use a new key for a new request.");

    /// <summary>A host name that may be somebody else's.</summary>
    public static ProblemBody HostRefused(string? instance, string? traceId) => Forbidden(
        "request.host-refused", "Only loopback host names (localhost, 127.0.0.1, [::1]) are answered while there are no API keys.", instance, traceId);

    /// <summary>A web page of another origin.</summary>
    public static ProblemBody OriginRefused(string? instance, string? traceId) => Forbidden(
        "request.origin-refused", "Web pages of other origins may not change anything here.", instance, traceId);

    /// <summary>A request without an API key, session or ticket.</summary>
    public static ProblemBody KeyMissing(string? instance, string? traceId) => Unauthorized(
        "auth.required", "Send an API key of this service as 'Authorization: Bearer KEY', or sign in at /login.", instance, traceId);

    /// <summary>An API key that is none of the service's.</summary>
    public static ProblemBody KeyUnknown(string? instance, string? traceId) => Unauthorized(
        "auth.unknown-key", "The API key is not one of this service's.", instance, traceId);

    /// <summary>An API key whose role does not suffice.</summary>
    public static ProblemBody RoleTooLow(string? instance, string? traceId) => Forbidden(
        "auth.forbidden", "The role of this API key does not allow this.", instance, traceId);

    /// <summary>A bug.</summary>
    public static ProblemBody Crashed(string? instance, string? traceId) => Of(
        StatusCodes.Status500InternalServerError, "An error of the service.", "service.error",
        "Something unexpected went wrong; the log of the service has the details under this trace_id.", instance, traceId);

    /// <summary>The disk or the database cannot be used.</summary>
    public static Error StoreUnavailable() => new(
        ErrorKind.Unavailable, "storage.unavailable", "Storage or database cannot be used at the moment; the log of the service says why.");

    /// <summary>What the framework refused before any endpoint saw it.</summary>
    public static ProblemBody OfStatus(int status, string? detail, string? instance, string? traceId)
    {
        var (title, code, text) = status switch
        {
            StatusCodes.Status400BadRequest => ("The request cannot be read.", "request.malformed", "The request cannot be read."),
            StatusCodes.Status403Forbidden => ("Not allowed.", "request.forbidden", "This is not allowed."),
            StatusCodes.Status404NotFound => ("Not found.", "request.no-such-path", "There is nothing under this path."),
            StatusCodes.Status405MethodNotAllowed => ("Method not allowed.", "request.method-not-allowed", "This path does not know this method; see the Allow header."),
            StatusCodes.Status408RequestTimeout => ("Too slow.", "request.timeout", "The request was sent too slowly."),
            StatusCodes.Status413PayloadTooLarge => ("Too large.", "request.too-large", "The request is larger than allowed (LIMITS__MAX_UPLOAD_BYTES)."),
            StatusCodes.Status415UnsupportedMediaType => ("Not a supported type.", "request.unsupported-media-type", "The body is of a type that this path does not read."),
            _ => ("The request was refused.", "request.refused", "The request was refused."),
        };
        return Of(status, title, code, detail ?? text, instance, traceId);
    }

    private static ProblemBody Unauthorized(string code, string detail, string? instance, string? traceId) =>
        Of(StatusCodes.Status401Unauthorized, "A key is needed.", code, detail, instance, traceId);

    private static ProblemBody Forbidden(string code, string detail, string? instance, string? traceId) =>
        Of(StatusCodes.Status403Forbidden, "Not allowed.", code, detail, instance, traceId);

    private static ProblemBody Of(int status, string title, string code, string detail, string? instance, string? traceId) =>
        new($"/problems/{code}", title, status, detail, instance, code, traceId, [], Retryable: false, RetryAfterS: null);
}
