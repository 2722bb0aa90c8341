using System.Security.Cryptography;
using Amazon.S3.Model;
using Idp.Application.Kernel;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>An object's bytes as they arrive. Whoever reads to the end knows that they are whole and as they were written.</summary>
internal sealed class VerifiedStream(GetObjectResponse response, S3Connection connection, TimeProvider clock) : Stream
{
    /// <summary>A connection on which nothing arrives for so long is given up.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Stream _body = response.ResponseStream;
    private readonly string _expected = response.Metadata[S3BlobStore.DigestName];
    private long _position;
    private bool _isVerified;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => response.ContentLength;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var timer = new CancellationTokenSource(Silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var read = await _body.ReadAsync(buffer, either.Token);
            Check(buffer.Span[..read], isEnd: read == 0 && buffer.Length > 0);
            return read;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw connection.Unavailable(new TimeoutException($"It sent nothing for {Silence.TotalSeconds:0} s.", exception));
        }
        catch (Exception exception) when (IsCut(exception))
        {
            throw connection.Unavailable(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = _body.Read(buffer, offset, count);
            Check(buffer.AsSpan(offset, read), isEnd: read == 0 && count > 0);
            return read;
        }
        catch (Exception exception) when (IsCut(exception))
        {
            throw connection.Unavailable(exception);
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
            response.Dispose();
            _digest.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsCut(Exception exception) =>
        exception is not (StoreUnavailableException or DamagedBlobException) && S3Failures.IsPassing(exception);

    private void Check(ReadOnlySpan<byte> read, bool isEnd)
    {
        _position += read.Length;
        _digest.AppendData(read);
        if (!isEnd || _isVerified)
        {
            return;
        }

        if (_position != response.ContentLength)
        {
            throw new EndOfStreamException($"It sent {_position} of {response.ContentLength} bytes of '{response.Key}'.");
        }

        // What others put into the bucket has no digest of ours.
        if (_expected is not null && !string.Equals(_expected, Convert.ToHexStringLower(_digest.GetHashAndReset()), StringComparison.Ordinal))
        {
            throw new DamagedBlobException(response.Key);
        }

        _isVerified = true;
    }
}

/// <summary>An object's bytes are not those that were written.</summary>
internal sealed class DamagedBlobException(string key) : IOException($"The object '{key}' is damaged: its bytes do not match their digest. Restore it, or upload the document again.");
