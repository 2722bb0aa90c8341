using Idp.Application.Kernel.Streams;

namespace Idp.Application.Batches;

/// <summary>A stream whose first bytes were looked at and are delivered all the same.</summary>
internal sealed class PeekedStream(Stream rest) : ForwardStream
{
    private byte[] _head = [];
    private int _position;

    /// <summary>The first bytes, fewer when there are fewer; to be called once, before reading.</summary>
    public async Task<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken ct)
    {
        var head = new byte[count];
        _head = head[..await rest.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, ct)];
        return _head;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == _head.Length)
        {
            return await rest.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(buffer.Length, _head.Length - _position);
        _head.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
