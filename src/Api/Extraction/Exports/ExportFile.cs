using Microsoft.Net.Http.Headers;

namespace Idp.Api.Extraction.Exports;

/// <summary>A file that is written while it is sent; a browser stores it and never shows it in place.</summary>
internal sealed class ExportFile(string stem, ExportFormat format, ExportWish wish, Func<Stream, CancellationToken, Task> write) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var isTables = format == ExportFormat.Csv && wish.Part is ExportPart.Tables;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{stem}{(isTables ? "-tables" : string.Empty)}.{format.Extension}");
        response.ContentType = format.ContentType;
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "private, no-cache";
        await write(response.Body, httpContext.RequestAborted);
    }
}
