using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>Every expected failure that concerns documents and their pages.</summary>
public static class DocumentErrors
{
    /// <summary>No such document.</summary>
    public static Error NotFound(DocumentId id) => new(ErrorKind.NotFound, "document.not-found", $"There is no document {id}.");

    /// <summary>The page is not in the document.</summary>
    public static Error PageNotFound(int page) => new(ErrorKind.NotFound, "page.not-found", $"The document has no page {page}.");

    /// <summary>The page has not been read yet.</summary>
    public static Error PageNotReady(int page, string stage, int percent) => new(
        ErrorKind.Conflict, "page.not-ready", $"Page {page} is not read yet: stage {stage}, {percent} %.");

    /// <summary>A stage was to begin that is not next.</summary>
    public static Error WrongStage(DocumentId id, string current, string asked) => new(
        ErrorKind.Conflict, "document.wrong-stage", $"Document {id} is at stage {current}, not {asked}.");

    /// <summary>The document has ended already.</summary>
    public static Error AlreadyEnded(DocumentId id, DocumentStatus status) => new(
        ErrorKind.Conflict, "document.already-ended", $"Document {id} has ended already: {status}.");

    /// <summary>The document is still at work.</summary>
    public static Error StillRunning(DocumentId id) => new(
        ErrorKind.Conflict, "document.still-running", $"Document {id} is still being processed; cancel it first or wait.");

    /// <summary>The document changed while someone else wanted to change it.</summary>
    public static Error ChangedMeanwhile(DocumentId id) => new(
        ErrorKind.Conflict, "document.changed", $"Document {id} changed in the meantime; try again.");

    /// <summary>An upload that asks for a schema nobody knows.</summary>
    public static Error UnknownSchema(string name) => new(ErrorKind.Invalid, "schema.unknown", $"There is no schema '{name}'.");

    /// <summary>An upload without bytes.</summary>
    public static Error Empty() => new(ErrorKind.Invalid, "document.empty", "The file is empty.");

    /// <summary>An upload over the limit.</summary>
    public static Error TooLarge(long limit) => new(
        ErrorKind.TooLarge, "document.too-large", $"The file is larger than {limit} bytes (LIMITS__MAX_UPLOAD_BYTES).");

    /// <summary>Content of no type that is known.</summary>
    public static Error UnsupportedType() => new(
        ErrorKind.Unsupported, "document.unsupported-type",
        "The content is not of a type that is read here: PDF, PNG, JPEG, TIFF, WebP, BMP, GIF, DOCX, PPTX, XLSX, HTML, e-mail, Markdown, CSV, plain text (the content decides, not the name).");

    /// <summary>A file that needs a password.</summary>
    public static Error Encrypted() => new(ErrorKind.Invalid, "document.encrypted", "The file is protected by a password.");

    /// <summary>A file that no reader can open.</summary>
    public static Error Damaged(string why) => new(ErrorKind.Invalid, "document.damaged", $"The file is damaged and cannot be opened: {why}");

    /// <summary>A file without pages.</summary>
    public static Error NoPages() => new(ErrorKind.Invalid, "document.no-pages", "The file has no pages.");

    /// <summary>More pages than allowed.</summary>
    public static Error TooManyPages(int pages, int limit) => new(
        ErrorKind.TooLarge, "document.too-many-pages", $"The file has {pages} pages; at most {limit} are allowed (LIMITS__MAX_PAGES).");

    /// <summary>An archive that holds much more than its size says.</summary>
    public static Error UnpacksTooLarge(long limit) => new(
        ErrorKind.TooLarge, "document.unpacks-too-large", $"The file unpacks to more than {limit} bytes, or to too many parts.");

    /// <summary>No page could be read.</summary>
    public static Error NothingReadable() => new(ErrorKind.Invalid, "document.nothing-readable", "None of the pages could be read.");

    /// <summary>A stage ended with an error that nobody expected.</summary>
    public static Error StageCrashed(string stage) => new(
        ErrorKind.Unavailable, "document.stage-crashed", $"Stage {stage} ended with an unexpected error; the log of the service has the details.");

    /// <summary>A page that no reader can make sense of.</summary>
    public static Error PageDamaged(string why) => new(ErrorKind.Invalid, "page.damaged", $"The page is damaged and cannot be read: {why}");

    /// <summary>A page that took longer than allowed.</summary>
    public static Error PageTooSlow(int seconds) => new(
        ErrorKind.Invalid, "page.too-slow", $"The page took longer than {seconds} s to read (LIMITS__PAGE_TIMEOUT_SECONDS).");

    /// <summary>A page with more pixels than allowed.</summary>
    public static Error PageTooManyPixels(long pixels, long limit) => new(
        ErrorKind.TooLarge, "page.too-many-pixels", $"The page has {pixels} pixels; at most {limit} are allowed (LIMITS__MAX_PAGE_PIXELS).");

    /// <summary>A page that needed more memory than allowed.</summary>
    public static Error PageOutOfMemory(long limit) => new(
        ErrorKind.TooLarge, "page.out-of-memory", $"Reading the page needs more than {limit} bytes of memory (LIMITS__WORKER_MEMORY_BYTES).");

    /// <summary>A page whose reader crashed, and crashed again.</summary>
    public static Error PageCrashesReader() => new(
        ErrorKind.Invalid, "page.crashes-reader", "Reading the page crashes the reader; it was tried twice.");

    /// <summary>No child process could be had.</summary>
    public static Error WorkerUnavailable(string why) => new(
        ErrorKind.Unavailable, "worker.unavailable", $"No worker process is available to read the page: {why}");
}
