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

    /// <summary>Looks at the first bytes, which are still delivered to the reader afterwards.</summary>
    public async Task<FileType?> DetectTypeAsync(CancellationToken ct)
    {
        _headLength = await content.ReadAtLeastAsync(_head, _head.Length, throwOnEndOfStream: false, ct);
        return FileTypeDetector.Detect(_head.AsSpan(0, _headLength));
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
