using System.Security.Cryptography;
using System.Text;

namespace Idp.Simulators.Embeddings;

/// <summary>Vectors from hashed words and pairs of words: the same text has always the same vector, and texts that share words are near each other.</summary>
internal static class HashedEmbedding
{
    /// <summary>How many numbers a vector has unless asked otherwise.</summary>
    public const int DefaultDimensions = 256;

    private const float WordWeight = 1f;
    private const float PairWeight = 0.5f;

    /// <summary>The vector of a text, of length 1.</summary>
    public static float[] Of(string text, int dimensions)
    {
        var vector = new float[dimensions];
        var words = text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static word => word.Trim('.', ',', ';', ':', '!', '?', '(', ')', '"', '\'', '[', ']')).Where(static word => word.Length > 0).ToList();
        foreach (var word in words)
        {
            Add(vector, word, WordWeight);
        }

        foreach (var (first, second) in words.Zip(words.Skip(1)))
        {
            Add(vector, $"{first} {second}", PairWeight);
        }

        var length = MathF.Sqrt(vector.Sum(static number => number * number));
        if (length == 0)
        {
            vector[0] = 1;
            return vector;
        }

        return [.. vector.Select(number => number / length)];
    }

    private static void Add(float[] vector, string feature, float weight)
    {
        var hash = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(feature)));
        vector[(int)(hash % (ulong)vector.Length)] += hash >> 63 == 0 ? weight : -weight;
    }
}
