using System.Numerics;
using System.Runtime.InteropServices;

namespace Idp.Infrastructure.Retrieval.Vectors;

/// <summary>
/// The vectors of one document with a byte a number: a quarter of the memory, and near enough to find candidates, which are compared exactly afterwards.
/// </summary>
internal sealed class PackedVectors
{
    private readonly long[] _numbers;
    private readonly float[] _scales;
    private readonly sbyte[] _values;

    private PackedVectors(string documentId, int dimensions, long[] numbers, float[] scales, sbyte[] values) =>
        (DocumentId, Dimensions, _numbers, _scales, _values) = (documentId, dimensions, numbers, scales, values);

    /// <summary>The document, printed.</summary>
    public string DocumentId { get; }

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions { get; }

    /// <summary>How many vectors there are.</summary>
    public int Count => _numbers.Length;

    /// <summary>Packs the vectors of a document; those that are not as long as the first are left out.</summary>
    public static PackedVectors Of(string documentId, IReadOnlyList<StoredVector> vectors)
    {
        var dimensions = vectors.Count == 0 ? 0 : vectors[0].Vector.Length;
        var kept = vectors.Where(stored => stored.Vector.Length == dimensions).ToList();
        var (scales, values) = (new float[kept.Count], new sbyte[kept.Count * dimensions]);
        for (var index = 0; index < kept.Count; index++)
        {
            scales[index] = Pack(kept[index].Vector, values.AsSpan(index * dimensions, dimensions));
        }

        return new PackedVectors(documentId, dimensions, [.. kept.Select(static stored => stored.Number)], scales, values);
    }

    /// <summary>A question, packed as the vectors are; wider, as it is multiplied.</summary>
    public static short[] PackQuestion(ReadOnlySpan<float> question)
    {
        var packed = new sbyte[question.Length];
        Pack(question, packed);
        return [.. packed.Select(static value => (short)value)];
    }

    /// <summary>Offers every vector to those that are nearest so far.</summary>
    /// <param name="question">As <see cref="PackQuestion"/> gives it, of the same dimensions.</param>
    /// <param name="nearest">The nearest so far, the farthest of them first.</param>
    /// <param name="most">How many are kept.</param>
    public void Offer(ReadOnlySpan<short> question, PriorityQueue<long, float> nearest, int most)
    {
        for (var index = 0; index < _numbers.Length; index++)
        {
            var product = Product(_values.AsSpan(index * Dimensions, Dimensions), question) * _scales[index];
            if (nearest.Count < most)
            {
                nearest.Enqueue(_numbers[index], product);
            }
            else if (nearest.TryPeek(out _, out var farthest) && product > farthest)
            {
                nearest.EnqueueDequeue(_numbers[index], product);
            }
        }
    }

    /// <summary>The product of two packed vectors. Two products of bytes fit into 16 bits, which is what makes it fast.</summary>
    internal static int Product(ReadOnlySpan<sbyte> values, ReadOnlySpan<short> question)
    {
        var (sum, index) = (0, 0);
        if (Vector.IsHardwareAccelerated && values.Length >= Vector<sbyte>.Count)
        {
            var sums = Vector<int>.Zero;
            for (; index <= values.Length - Vector<sbyte>.Count; index += Vector<sbyte>.Count)
            {
                Vector.Widen(new Vector<sbyte>(values[index..]), out var low, out var high);
                var products = (low * new Vector<short>(question[index..])) + (high * new Vector<short>(question[(index + Vector<short>.Count)..]));
                Vector.Widen(products, out var lowest, out var highest);
                sums += lowest + highest;
            }

            sum = Vector.Sum(sums);
        }

        for (; index < values.Length; index++)
        {
            sum += values[index] * question[index];
        }

        return sum;
    }

    /// <summary>The exact product of two vectors of the same length.</summary>
    internal static double Product(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var whole = MemoryMarshal.Cast<float, Vector<float>>(left);
        var others = MemoryMarshal.Cast<float, Vector<float>>(right);
        var sum = Vector<float>.Zero;
        for (var index = 0; index < whole.Length; index++)
        {
            sum += whole[index] * others[index];
        }

        var product = (double)Vector.Sum(sum);
        for (var index = whole.Length * Vector<float>.Count; index < left.Length; index++)
        {
            product += left[index] * right[index];
        }

        return product;
    }

    /// <summary>Writes a vector with a byte a number, -127 to 127.</summary>
    /// <returns>What a byte stands for.</returns>
    private static float Pack(ReadOnlySpan<float> vector, Span<sbyte> packed)
    {
        var largest = 0f;
        foreach (var number in vector)
        {
            largest = Math.Max(largest, Math.Abs(number));
        }

        for (var index = 0; index < vector.Length; index++)
        {
            packed[index] = largest > 0 ? (sbyte)MathF.Round(vector[index] / largest * sbyte.MaxValue) : (sbyte)0;
        }

        return largest / sbyte.MaxValue;
    }
}
