using System.Security.Cryptography;
using Idp.Domain.Documents;

namespace Idp.Application.Documents;

/// <summary>The sender's stream grew over the limit; nothing of it is kept.</summary>
internal sealed class UploadTooLargeException : Exception;

/// <summary>Reads an upload once: peeks at its first bytes, then hashes and counts everything that passes.</summary>
internal sealed class UploadStream(Stream content, long limit) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = new byte[FileTypeDetector.HeadLength];
    private int _headLength;
    private int _headPosition;
    private long _length;

    public bool IsEmpty => _headLength == 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Uploads are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
