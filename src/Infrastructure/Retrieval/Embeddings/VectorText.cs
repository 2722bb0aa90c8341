using System.Globalization;
using Idp.Infrastructure.Retrieval.Vectors;

namespace Idp.Infrastructure.Retrieval.Embeddings;

/// <summary>Vectors as the journal keeps them, as text: how many numbers each has, a colon, and all of them as Base64.</summary>
internal static class VectorText
{
    /// <summary>Writes vectors of one length.</summary>
    public static string Of(IReadOnlyList<float[]> vectors)
    {
        var numbers = vectors.Count == 0 ? 0 : vectors[0].Length;
        var bytes = new byte[vectors.Count * numbers * sizeof(float)];
        for (var index = 0; index < vectors.Count; index++)
        {
            VectorBytes.Write(vectors[index], bytes.AsSpan(index * numbers * sizeof(float)));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{numbers}:{Convert.ToBase64String(bytes)}");
    }

    /// <summary>Reads all vectors; null when the text is something else.</summary>
    public static float[][]? Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var numbers) || numbers == 0)
        {
            return null;
        }

        var bytes = new byte[((text.Length - colon) / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(text.AsSpan(colon + 1), bytes, out var length) || length % (numbers * sizeof(float)) != 0)
        {
            return null;
        }

        return [.. VectorBytes.Read(bytes.AsSpan(0, length)).Chunk(numbers)];
    }
}
