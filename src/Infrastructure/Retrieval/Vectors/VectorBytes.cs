using System.Buffers.Binary;

namespace Idp.Infrastructure.Retrieval.Vectors;

/// <summary>Vectors as the databases hold them: 32-bit numbers, the lowest byte first.</summary>
internal static class VectorBytes
{
    /// <summary>Writes a vector.</summary>
    public static byte[] Of(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        Write(vector, bytes);
        return bytes;
    }

    /// <summary>Writes a vector to where there is space for it.</summary>
    public static void Write(ReadOnlySpan<float> vector, Span<byte> bytes)
    {
        for (var index = 0; index < vector.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(index * sizeof(float))..], vector[index]);
        }
    }

    /// <summary>Reads a vector.</summary>
    public static float[] Read(ReadOnlySpan<byte> bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var index = 0; index < vector.Length; index++)
        {
            vector[index] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(index * sizeof(float))..]);
        }

        return vector;
    }
}
