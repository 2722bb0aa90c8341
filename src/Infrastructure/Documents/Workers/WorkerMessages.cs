using System.Text.Json.Serialization;
using Idp.Application.Documents;
using Idp.Application.Kernel.Json;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>What a worker is told once, before anything else.</summary>
/// <param name="MemoryBytes">Address space that it may take beyond what its runtime has reserved already, and that each of its tools may take.</param>
/// <param name="MaximumPixels">Most pixels of one page image.</param>
/// <param name="MaximumPages">Most pages of one file.</param>
/// <param name="Languages">Tesseract's languages.</param>
/// <param name="Dpi">Resolution for recognition; null for the best of each page.</param>
internal sealed record WorkerSettings(long MemoryBytes, long MaximumPixels, int MaximumPages, string Languages, int? Dpi);

/// <summary>What a worker can be asked for.</summary>
internal enum WorkerOperation
{
    /// <summary>Count the pages.</summary>
    Inspect,

    /// <summary>Lay a file without pages out, as PDF.</summary>
    LayOut,

    /// <summary>Read the text layers of pages <see cref="WorkerRequest.First"/> to <see cref="WorkerRequest.Last"/>.</summary>
    ReadText,

    /// <summary>Render a page as PNG.</summary>
    Render,

    /// <summary>Render a page for recognition, say the hash of its pixels, and wait for <see cref="Proceed"/> or <see cref="Drop"/>.</summary>
    Recognize,

    /// <summary>Recognise the page that was rendered.</summary>
    Proceed,

    /// <summary>Forget the page that was rendered.</summary>
    Drop,
}

/// <summary>One order to a worker.</summary>
/// <param name="Operation">What to do.</param>
/// <param name="Path">The file.</param>
/// <param name="Type">What it is.</param>
/// <param name="First">First page, from 1.</param>
/// <param name="Last">Last page.</param>
/// <param name="Dpi">Resolution to render at.</param>
/// <param name="Rotation">Clockwise degrees to turn by.</param>
/// <param name="IsLaidOut">True for a file that was laid out here, whose text layer is the text.</param>
/// <param name="Office">To lay a file out by LibreOffice, where that goes well; null for this program alone.</param>
/// <param name="Note">What a file that is laid out is to say at its end; null for nothing.</param>
internal sealed record WorkerRequest(
    WorkerOperation Operation, string Path = "", FileType Type = FileType.Pdf, int First = 1, int Last = 1, int Dpi = 0, int Rotation = 0,
    bool IsLaidOut = false, OfficeOrder? Office = null, string? Note = null);

/// <summary>To lay a file out by LibreOffice.</summary>
/// <param name="Program">The path of its program.</param>
/// <param name="Folder">An empty folder for whatever it writes; who orders removes it.</param>
internal sealed record OfficeOrder(string Program, string Folder);

/// <summary>One answer of a worker; exactly the parts that the request asks for are set, or the error.</summary>
internal sealed record WorkerReply
{
    /// <summary>Why there is nothing else.</summary>
    public WorkerError? Error { get; init; }

    /// <summary>Pages of the file.</summary>
    public int? PageCount { get; init; }

    /// <summary>One entry for each page that was asked for.</summary>
    public IReadOnlyList<PageOutcome>? Pages { get; init; }

    /// <summary>Identity of a rendered page: its pixels and its size.</summary>
    public string? PixelHash { get; init; }

    /// <summary>A recognised page.</summary>
    public Page? Page { get; init; }

    /// <summary>True when a file was laid out by LibreOffice.</summary>
    public bool IsPrinted { get; init; }

    /// <summary>True when a frame of raw bytes follows.</summary>
    public bool HasBytes { get; init; }
}

/// <summary>How reading one page's text layer ended.</summary>
/// <param name="Page">The page; null when there is an error.</param>
/// <param name="NeedsRecognition">As the port has it.</param>
/// <param name="Error">Why there is no page.</param>
internal sealed record PageOutcome(Page? Page, bool NeedsRecognition, WorkerError? Error);

/// <summary>An error on its way between processes.</summary>
internal sealed record WorkerError(ErrorKind Kind, string Code, string Message)
{
    /// <summary>Packs an error.</summary>
    public static WorkerError Of(Error error) => new(error.Kind, error.Code, error.Message);

    /// <summary>Unpacks it.</summary>
    public Error ToError() => new(Kind, Code, Message);
}

/// <summary>The JSON form of the messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ValueListConverter), typeof(SnakeCaseEnumConverter), typeof(ConfidenceConverter), typeof(WordConverter)])]
[JsonSerializable(typeof(WorkerSettings))]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerReply))]
[JsonSerializable(typeof(Word))]
internal sealed partial class WorkerJson : JsonSerializerContext;
