using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>Frames between service and workers: the length as four bytes, low end first, then that many bytes.</summary>
internal static class Frames
{
    /// <summary>No honest frame is longer; a longer one means that the other side has gone wrong.</summary>
    public const int MaximumLength = 1 << 30;

    private const int HeaderLength = sizeof(int);
    private const int GrowthStep = 1 << 20;

    /// <summary>Puts a length in front of a payload.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>A message as a frame.</summary>
    public static byte[] Wrap<T>(T message, JsonTypeInfo<T> type) => Wrap(JsonSerializer.SerializeToUtf8Bytes(message, type));

    /// <summary>Reads one frame; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The length is absurd.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within the frame.</exception>
    public static byte[]? Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        var read = stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        var payload = new byte[LengthIn(header[..read])];
        stream.ReadExactly(payload);
        return payload;
    }

    /// <inheritdoc cref="Read"/>
    public static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken ct)
    {
        var header = new byte[HeaderLength];
        var read = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, ct);
        if (read == 0)
        {
            return null;
        }

        // Memory is taken as the bytes come, so that a wrong length alone cannot take a gigabyte.
        var length = LengthIn(header.AsSpan(0, read));
        var payload = new byte[Math.Min(length, GrowthStep)];
        for (var filled = 0; filled < length;)
        {
            if (filled == payload.Length)
            {
                Array.Resize(ref payload, (int)Math.Min(length, payload.Length * 2L));
            }

            await stream.ReadExactlyAsync(payload.AsMemory(filled), ct);
            filled = payload.Length;
        }

        return payload;
    }

    private static int LengthIn(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderLength)
        {
            throw new EndOfStreamException("The stream ended within a frame's header.");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length is >= 0 and <= MaximumLength ? length : throw new InvalidDataException($"A frame of {length} bytes cannot be meant.");
    }
}
