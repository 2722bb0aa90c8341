using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>Every expected failure of a recognition service.</summary>
public static class RecognitionErrors
{
    private const string AlreadyDeliveredCode = "recognition.already-delivered";
    private const string FailedCode = "recognition.failed";
    private const string UnknownOrderCode = "recognition.unknown-order";
    private const string NoAnswerCode = "recognition.no-answer";
    private const string BrokenAnswerCode = "recognition.broken-answer";

    /// <summary>Too many requests in a time.</summary>
    public static Error RateLimited(TimeSpan? retryAfter) =>
        new(ErrorKind.RateLimited, "recognition.rate-limited", "The recognition service asked us to slow down.") { RetryAfter = retryAfter };

    /// <summary>The service answered with a server error, or could not be reached before anything was sent.</summary>
    public static Error Unavailable(string why) => new(ErrorKind.Unavailable, "recognition.unavailable", $"The recognition service is unavailable: {why}");

    /// <summary>The file was sent and no answer came. It may have been paid.</summary>
    public static Error NoAnswer(string why) => new(ErrorKind.Unavailable, NoAnswerCode, $"The recognition service did not answer: {why}");

    /// <summary>A success whose body is no answer. It may have been paid.</summary>
    public static Error BrokenAnswer() => new(ErrorKind.Rejected, BrokenAnswerCode, "The recognition service answered with something that is no answer.");

    /// <summary>The service takes longer than it is waited for.</summary>
    public static Error TooSlow(int seconds) => new(
        ErrorKind.Unavailable, "recognition.too-slow", $"The recognition service has not finished within {seconds} s (LLMWHISPERER__DEADLINE_SECONDS). Its work is not lost: 'retry' goes on waiting.");

    /// <summary>The key is not accepted.</summary>
    public static Error Unauthorised() => new(ErrorKind.Rejected, "recognition.unauthorised", "The recognition service does not accept the key (LLMWHISPERER__API_KEY).");

    /// <summary>The plan's pages are used up, or it is not paid.</summary>
    public static Error QuotaExhausted() => new(
        ErrorKind.Rejected, "recognition.quota-exhausted", "The account at the recognition service allows no more pages. Enlarge the plan, then process the rest with 'retry'.");

    /// <summary>The file is larger than the service takes.</summary>
    public static Error FileTooLarge() => new(ErrorKind.TooLarge, "recognition.file-too-large", "The file is larger than the recognition service takes.");

    /// <summary>The service refused the request itself.</summary>
    public static Error BadRequest(int status) => new(ErrorKind.Rejected, "recognition.bad-request", $"The recognition service refused the request with status {status}.");

    /// <summary>The text was asked for too early.</summary>
    public static Error NotReady() => new(ErrorKind.Unavailable, "recognition.not-ready", "The recognition service has not finished yet.");

    /// <summary>The service accepted the file and could not recognise it.</summary>
    public static Error Failed() => new(ErrorKind.Rejected, FailedCode, "The recognition service could not recognise the file. 'retry' orders it, and pays for it, anew.");

    /// <summary>The service gave the text away, and it was lost on its way to the store: a text can be fetched only once.</summary>
    public static Error AlreadyDelivered() => new(
        ErrorKind.Rejected, AlreadyDeliveredCode, "The recognition service delivered the text before, and it was lost before it could be stored. 'retry' orders it, and pays for it, anew.");

    /// <summary>The service does not know what it had accepted.</summary>
    public static Error UnknownOrder() => new(
        ErrorKind.Rejected, UnknownOrderCode, "The recognition service no longer knows the order that it had accepted. 'retry' orders it, and pays for it, anew.");

    /// <summary>The text does not fall into the pages that were ordered.</summary>
    public static Error PagesUnclear(int ordered) => new(
        ErrorKind.Rejected, "recognition.pages-unclear", $"The recognition service was asked for {ordered} pages, and its text has another number of them.");

    /// <summary>There is nothing to measure.</summary>
    public static Error NoService() => new(
        ErrorKind.Unsupported, "recognition.no-service", "Pages are recognised by the engine that comes with the program; there is no service to measure. Set OCR__PROVIDER=llmwhisperer and LLMWHISPERER__API_KEY.");

    /// <summary>True when a failed submission may have been paid all the same.</summary>
    public static bool MayBePaid(Error error) => error.Code is NoAnswerCode or BrokenAnswerCode;

    /// <summary>True when an accepted order will never bring its text.</summary>
    public static bool LosesOrder(Error error) => error.Code is AlreadyDeliveredCode or FailedCode or UnknownOrderCode or BrokenAnswerCode;
}
