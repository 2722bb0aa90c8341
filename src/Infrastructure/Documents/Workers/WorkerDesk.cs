using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Flow;
using Idp.Infrastructure.Documents.Images;
using Idp.Infrastructure.Documents.LibreOffice;
using Idp.Infrastructure.Documents.Poppler;
using Idp.Infrastructure.Documents.Tesseract;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>Does what a worker is asked, one request after another.</summary>
internal sealed class WorkerDesk : IDisposable
{
    private readonly WorkerSettings _settings;
    private readonly PdfPages _pdf;
    private readonly PdfTextReader _text;
    private readonly ImagePages _images;
    private readonly FlowLayout _layout;
    private readonly OfficeConverter _office;
    private readonly Lazy<TesseractEngine> _engine;
    private readonly Lazy<OrientationDetector?> _orientation = new(OrientationDetector.TryCreate);
    private (int Number, PageImage Image)? _rendered;

    public WorkerDesk(WorkerSettings settings)
    {
        _settings = settings;
        var tool = new Tool(settings.MemoryBytes);
        _pdf = new PdfPages(tool, settings.MaximumPixels, settings.MemoryBytes);
        _text = new PdfTextReader(_pdf);
        _images = new ImagePages(tool, settings.MaximumPixels, settings.MaximumPages);
        _layout = new FlowLayout(settings.MaximumPages);
        _office = new OfficeConverter(tool, _pdf, settings.MaximumPages);
        _engine = new Lazy<TesseractEngine>(() => new TesseractEngine(settings.Languages));
    }

    /// <summary>Does one thing; null when nothing is to be answered.</summary>
    public (WorkerReply Reply, byte[]? Bytes)? Answer(WorkerRequest request)
    {
        try
        {
            return request.Operation switch
            {
                WorkerOperation.Inspect => Reply(Inspect(request), static pages => new WorkerReply { PageCount = pages }),
                WorkerOperation.LayOut => LayOut(request),
                WorkerOperation.ReadText => Reply(ReadText(request), static pages => new WorkerReply { Pages = pages }),
                WorkerOperation.Render => Render(request),
                WorkerOperation.Recognize => Reply(Prepare(request), static hash => new WorkerReply { PixelHash = hash }),
                WorkerOperation.Proceed => (new WorkerReply { Page = Recognize() }, null),
                WorkerOperation.Drop => Drop(),
            };
        }
        catch (ToolMissingException missing)
        {
            return Failed(DocumentErrors.WorkerUnavailable(missing.Message));
        }
        catch (OutOfMemoryException)
        {
            return Failed(DocumentErrors.PageOutOfMemory(_settings.MemoryBytes));
        }
    }

    public void Dispose()
    {
        if (_engine.IsValueCreated)
        {
            _engine.Value.Dispose();
        }

        if (_orientation is { IsValueCreated: true, Value: { } detector })
        {
            detector.Dispose();
        }
    }

    private Result<int> Inspect(WorkerRequest request)
    {
        var count = request.Type == FileType.Pdf ? _pdf.CountPages(request.Path) : _images.CountPages(request.Path, request.Type);
        return count.IsSuccess && count.Value > _settings.MaximumPages
            ? DocumentErrors.TooManyPages(count.Value, _settings.MaximumPages)
            : count;
    }

    private (WorkerReply Reply, byte[]? Bytes)? LayOut(WorkerRequest request)
    {
        // First by ourselves, in any case: what our strict readers refuse, LibreOffice is not shown.
        var composed = _layout.ToPdf(request.Path, request.Type, request.Note);
        if (!composed.IsSuccess || request.Office is not { } office)
        {
            return Composed(composed);
        }

        var words = PrintedWords.Of(FlowReader.ReadPrinted(File.ReadAllBytes(request.Path), request.Type));
        var (printed, fault) = _office.Convert(office.Program, request.Path, request.Type, office.Folder, words);
        return printed is null
            ? Composed(_layout.ToPdf(request.Path, request.Type, OfficeProgram.NoteOf(fault)))
            : (new WorkerReply { HasBytes = true, IsPrinted = true }, printed);
    }

    private static (WorkerReply Reply, byte[]? Bytes)? Composed(Result<byte[]> pdf) =>
        pdf.IsSuccess ? (new WorkerReply { HasBytes = true }, pdf.Value) : Failed(pdf.Error);

    private Result<IReadOnlyList<PageOutcome>> ReadText(WorkerRequest request)
    {
        if (request.Type != FileType.Pdf)
        {
            return Result<IReadOnlyList<PageOutcome>>.Success([OutcomeOf(_images.Describe(request.Path, request.Type, request.First))]);
        }

        var readings = request.IsLaidOut ? _text.ReadLaidOut(request.Path, request.First, request.Last) : _text.Read(request.Path, request.First, request.Last);
        return readings.IsSuccess
            ? Result<IReadOnlyList<PageOutcome>>.Success([.. readings.Value.Select(OutcomeOf)])
            : readings.Error;
    }

    private (WorkerReply Reply, byte[]? Bytes)? Render(WorkerRequest request)
    {
        var picture = request.Type == FileType.Pdf ? RenderPdf(request) : _images.Render(request.Path, request.Type, request.First, request.Dpi);
        if (!picture.IsSuccess)
        {
            return Failed(picture.Error);
        }

        using var upright = picture.Value;
        using var turned = upright.Turn(request.Rotation);
        return (new WorkerReply { HasBytes = true }, turned.ToPng());
    }

    private Result<Picture> RenderPdf(WorkerRequest request)
    {
        var size = _pdf.SizeOf(request.Path, request.First);
        var pixels = size.IsSuccess ? _pdf.RenderColor(request.Path, request.First, size.Value, request.Dpi) : size.Error;
        return !pixels.IsSuccess ? pixels.Error
            : Picture.Decode(pixels.Value) is { } picture ? picture
            : DocumentErrors.PageDamaged("it cannot be rendered.");
    }

    private Result<string> Prepare(WorkerRequest request)
    {
        var image = request.Type == FileType.Pdf
            ? PdfPageImage.Render(_pdf, request.Path, request.First, _settings.Dpi)
            : _images.RenderGray(request.Path, request.Type, request.First);
        if (!image.IsSuccess)
        {
            return image.Error;
        }

        _rendered = (request.First, image.Value);
        return image.Value.Hash();
    }

    private Page Recognize()
    {
        var (number, image) = _rendered ?? throw new InvalidOperationException("No page has been rendered.");
        _rendered = null;
        var recognizer = new PageRecognizer(_engine.Value, _orientation);
        var recognition = recognizer.Recognize(image.Pixels, image.Dpi);
        var page = new Page(
            number, PageTurn.Turn(image.Size, recognition.Rotation), recognition.Rotation, PageSource.Ocr, recognition.IsBlank, [], string.Empty);
        return ReadingOrder.Arrange(page, recognition.Words);
    }

    private (WorkerReply Reply, byte[]? Bytes)? Drop()
    {
        _rendered = null;
        return null;
    }

    private static PageOutcome OutcomeOf(Result<TextLayerReading> reading) => reading.Match(
        static success => new PageOutcome(success.Page, success.NeedsRecognition, null),
        static error => new PageOutcome(null, false, WorkerError.Of(error)));

    private static (WorkerReply Reply, byte[]? Bytes)? Reply<T>(Result<T> result, Func<T, WorkerReply> reply) =>
        result.IsSuccess ? (reply(result.Value), null) : Failed(result.Error);

    private static (WorkerReply Reply, byte[]? Bytes) Failed(Error error) => (new WorkerReply { Error = WorkerError.Of(error) }, null);
}
