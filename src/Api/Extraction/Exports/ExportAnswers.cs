using System.Runtime.CompilerServices;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Extraction.Exports;

/// <summary>Answers with results as files.</summary>
internal static class ExportAnswers
{
    /// <summary>
    /// The results of several documents as one file, written while it is sent. Documents without a result are left out, and so are those that are deleted meanwhile.
    /// </summary>
    /// <param name="format">The kind of file.</param>
    /// <param name="query">The request's query: <c>part</c> and <c>bom</c>.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="documents">The documents, in the order wished.</param>
    /// <param name="mediator">Reads the results; must live as long as the request.</param>
    public static IResult OfDocuments(ExportFormat format, IQueryCollection query, string name, IReadOnlyList<DocumentId> documents, IMediator mediator)
    {
        var wish = ReadWish(query);
        return wish.IsSuccess ? Send(format, wish.Value, name, ReadAsync(documents, mediator)) : new ProblemResult(wish.Error);
    }

    /// <summary>The result of one document as a file, or why there is none.</summary>
    public static async Task<IResult> OfDocumentAsync(ExportFormat format, IQueryCollection query, DocumentId id, IMediator mediator, CancellationToken ct)
    {
        var wish = ReadWish(query);
        if (!wish.IsSuccess)
        {
            return new ProblemResult(wish.Error);
        }

        var exported = await mediator.Send(new ExportResult(id), ct);
        if (!exported.IsSuccess)
        {
            return new ProblemResult(exported.Error);
        }

        var stem = ExportFileName.StemOf(exported.Value.Result.Document.FileName, id.ToString());
        return format == ExportFormat.Json
            ? new ExportFile(
                stem, format, wish.Value, (stream, token) => System.Text.Json.JsonSerializer.SerializeAsync(
                    stream, ResultBody.From(exported.Value.Result), ApiJson.Relaxed.ResultBody, token))
            : Send(format, wish.Value, stem, Only(exported.Value));
    }

    private static Result<ExportWish> ReadWish(IQueryCollection query)
    {
        var part = query["part"].ToString() is { Length: > 0 } text ? PrintedValues.Read<ExportPart>(text) : ExportPart.Fields;
        return part is { } known
            ? new ExportWish(known, query["bom"].ToString() is "true" or "1")
            : RequestProblems.Invalid(new FieldError("part", $"Must be one of {PrintedValues.List<ExportPart>()}."));
    }

    private static ExportFile Send(ExportFormat format, ExportWish wish, string name, IAsyncEnumerable<ExportedResult> results) => new(
        name, format, wish, (stream, ct) =>
            format == ExportFormat.Csv ? CsvExport.WriteAsync(stream, wish, results, ct)
            : format == ExportFormat.Workbook ? WorkbookExport.WriteAsync(stream, results, ct)
            : format == ExportFormat.Markdown ? MarkdownExport.WriteAsync(stream, results, ct)
            : JsonExport.WriteAsync(stream, results, ct));

    /// <summary>May be gone through more than once: what a sheet's columns are is known only when all documents were seen.</summary>
    private static async IAsyncEnumerable<ExportedResult> ReadAsync(
        IReadOnlyList<DocumentId> documents, IMediator mediator, [EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (var id in documents)
        {
            if ((await mediator.Send(new ExportResult(id), ct)).Value is { } exported)
            {
                yield return exported;
            }
        }
    }

    private static async IAsyncEnumerable<ExportedResult> Only(ExportedResult exported)
    {
        await Task.CompletedTask;
        yield return exported;
    }
}
