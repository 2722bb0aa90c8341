namespace Idp.Integration.Kernel;

/// <summary>A source that gives some bytes and then breaks, like a connection that is cut.</summary>
internal sealed class BreakingStream : ForwardStream
{
    public const string Message = "The sender went away.";

    private bool _hasGiven;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_hasGiven)
        {
            throw new EndOfStreamException(Message);
        }

        _hasGiven = true;
        buffer.Span[..10].Fill((byte)'x');
        return ValueTask.FromResult(10);
    }
}

/// <summary>A source that gives its bytes, and its end only when told to.</summary>
internal sealed class PausingStream(byte[] bytes) : ForwardStream
{
    private readonly TaskCompletionSource _isBeingRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasGiven;

    /// <summary>Done when the reader has the bytes and asks for more.</summary>
    public Task IsBeingRead => _isBeingRead.Task;

    public void GoOn() => _mayEnd.SetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_hasGiven)
        {
            _isBeingRead.SetResult();
            await _mayEnd.Task.WaitAsync(cancellationToken);
            return 0;
        }

        _hasGiven = true;
        bytes.CopyTo(buffer);
        return bytes.Length;
    }
}

/// <summary>What streams must have beside reading.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
