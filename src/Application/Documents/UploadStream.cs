using System.Security.Cryptography;
using Idp.Application.Kernel.Streams;
using Idp.Domain.Documents;

namespace Idp.Application.Documents;

/// <summary>The sender's stream grew over the limit; nothing of it is kept.</summary>
internal sealed class UploadTooLargeException : Exception;

/// <summary>Reads an upload once: peeks at its first bytes, then hashes and counts everything that passes.</summary>
internal sealed class UploadStream(Stream content, long limit) : ForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = new byte[FileTypeDetector.HeadLength];
    private int _headLength;
    private int _headPosition;
    private long _length;

    public bool IsEmpty => _headLength == 0;

    private ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>Looks at the first bytes, which are still delivered to the reader afterwards.</summary>
    /// <param name="fileName">The name that the sender gave; it tells kinds of text from each other.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<FileType?> DetectTypeAsync(string fileName, CancellationToken ct)
    {
        _headLength = await content.ReadAtLeastAsync(_head, _head.Length, throwOnEndOfStream: false, ct);
        return FileTypeDetector.Detect(Head) ?? TextTypeDetector.Detect(Head, fileName);
    }

    /// <summary>True when the bytes are an office file under a password, which is kept in a container of another kind. Reads to the end; nothing can be stored afterwards.</summary>
    public async Task<bool> IsProtectedOfficeFileAsync(CancellationToken ct)
    {
        if (!Head.StartsWith(OfficePackage.ContainerMark))
        {
            return false;
        }

        // What the container holds is listed anywhere in it, so the list is looked for as it goes by.
        var window = new byte[_head.Length + OfficePackage.ProtectedMark.Length];
        var kept = 0;
        for (int count; (count = await ReadAsync(window.AsMemory(kept), ct)) > 0;)
        {
            var filled = kept + count;
            if (window.AsSpan(0, filled).IndexOf(OfficePackage.ProtectedMark) >= 0)
            {
                return true;
            }

            kept = Math.Min(filled, OfficePackage.ProtectedMark.Length - 1);
            window.AsSpan(filled - kept, kept).CopyTo(window);
        }

        return false;
    }

    /// <summary>The identity of everything that was read.</summary>
    public ContentHash Hash() => new(Convert.ToHexStringLower(_hash.GetCurrentHash()));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        if (_headPosition < _headLength)
        {
            count = Math.Min(buffer.Length, _headLength - _headPosition);
            _head.AsMemory(_headPosition, count).CopyTo(buffer);
            _headPosition += count;
        }
        else
        {
            count = await content.ReadAsync(buffer, cancellationToken);
        }

        _length += count;
        if (_length > limit)
        {
            throw new UploadTooLargeException();
        }

        _hash.AppendData(buffer.Span[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
