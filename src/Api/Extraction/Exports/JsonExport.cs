using System.Text.Json;
using Idp.Api.Kernel.Json;
using Idp.Application.Extraction;

namespace Idp.Api.Extraction.Exports;

/// <summary>One document in the JSON of several.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="FileName">The uploaded file's name.</param>
/// <param name="Kind">What the document was taken for.</param>
/// <param name="Status">Where the document stands.</param>
/// <param name="Result">What was read.</param>
internal sealed record ExportedDocumentBody(string DocumentId, string FileName, string Kind, string Status, ResultBody Result)
{
    public static ExportedDocumentBody From(DocumentResult result) => new(
        result.Document.Id.ToString(), result.Document.FileName, result.Document.Kind.Print(), result.Document.Status.Print(), ResultBody.From(result));
}

/// <summary>Writes results as the API answers them.</summary>
internal static class JsonExport
{
    /// <summary>Writes an array with one element a document; never more than one document is held.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<ExportedResult> results, CancellationToken ct)
    {
        await stream.WriteAsync("["u8.ToArray(), ct);
        var isFirst = true;
        await foreach (var exported in results.WithCancellation(ct))
        {
            if (!isFirst)
            {
                await stream.WriteAsync(",\n"u8.ToArray(), ct);
            }

            isFirst = false;
            await JsonSerializer.SerializeAsync(stream, ExportedDocumentBody.From(exported.Result), ApiJson.Relaxed.ExportedDocumentBody, ct);
        }

        await stream.WriteAsync("]"u8.ToArray(), ct);
    }
}
