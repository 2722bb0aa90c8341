using System.Text;
using Idp.Api.Kernel.Problems;
using Idp.Domain.Kernel;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Idp.Api.Kernel.Http;

/// <summary>Reads a form with files part by part, as it arrives; a file's bytes go from the socket to the reader and nowhere else.</summary>
/// <exception cref="BadHttpRequestException">The form is broken, at any of the calls.</exception>
internal sealed class MultipartUpload
{
    private const string NamelessFile = "document";
    private const int LargestBoundary = 128;
    private const int MostFields = 50;
    private const int LargestFieldBytes = 64 * 1024;

    private readonly MultipartReader _reader;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private readonly string[] _fileParts;

    private MultipartUpload(MultipartReader reader, string[] fileParts) => (_reader, _fileParts) = (reader, fileParts);

    /// <summary>The fields read so far; a field sent several times has its values joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>The bytes of the file that was reached last.</summary>
    public Stream File { get; private set; } = Stream.Null;

    /// <summary>Its name without any folders.</summary>
    public string FileName { get; private set; } = NamelessFile;

    /// <summary>Looks at the request's headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fileParts">The names of parts that are files.</param>
    public static Result<MultipartUpload> Open(HttpRequest request, params string[] fileParts)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return RequestProblems.NotOfType("multipart/form-data");
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return string.IsNullOrWhiteSpace(boundary) || boundary.Length > LargestBoundary
            ? RequestProblems.Malformed($"The Content-Type needs a boundary of 1 to {LargestBoundary} characters.")
            : new MultipartUpload(new MultipartReader(boundary, request.Body), fileParts);
    }

    /// <summary>Reads the fields before the next file and stops at its first byte; false when the form ends before one. The file before it must have been read.</summary>
    public async Task<bool> TryReadToFileAsync(CancellationToken ct)
    {
        while (await NextAsync(ct) is { } part)
        {
            if (_fileParts.Contains(part.Name))
            {
                File = new FormPartStream(part.Section.Body);
                FileName = CleanName(part.FileName);
                return true;
            }

            await ReadFieldAsync(part, ct);
        }

        return false;
    }

    /// <summary>Keeps the last segment of a path of either kind, without control characters; the name is for people only.</summary>
    internal static string CleanName(string? name)
    {
        var last = (name ?? string.Empty).Split(['/', '\\'])[^1];
        var clean = new string([.. last.Where(character => !char.IsControl(character))]).Trim();
        return clean is "" or "." or ".." ? NamelessFile : clean;
    }

    private async Task<Part?> NextAsync(CancellationToken ct)
    {
        var section = await FormPartStream.GuardAsync(() => _reader.ReadNextSectionAsync(ct));
        if (section is null)
        {
            return null;
        }

        return ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            && disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(disposition.Name).Value is { Length: > 0 } name
                ? new Part(section, name, HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value)
                : throw new BadHttpRequestException("A part of the form has no name: every part needs 'Content-Disposition: form-data; name=…'.");
    }

    private async Task ReadFieldAsync(Part part, CancellationToken ct)
    {
        if (_fields.Count >= MostFields)
        {
            throw new BadHttpRequestException($"The form has more than {MostFields} fields.");
        }

        var bytes = new byte[LargestFieldBytes + 1];
        var body = new FormPartStream(part.Section.Body);
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        if (length > LargestFieldBytes)
        {
            throw new BadHttpRequestException($"A field of the form is longer than {LargestFieldBytes} bytes.");
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        _fields[part.Name] = _fields.TryGetValue(part.Name, out var earlier) ? $"{earlier},{text}" : text;
    }

    private sealed record Part(MultipartSection Section, string Name, string? FileName);
}
