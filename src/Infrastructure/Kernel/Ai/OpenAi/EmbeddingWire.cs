using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>The body of a request for vectors; what is null is not sent.</summary>
internal sealed record EmbeddingRequest(string Model, IReadOnlyList<string> Input, string EncodingFormat, int? Dimensions);

/// <summary>What comes back, as far as it is used here.</summary>
internal sealed record EmbeddingReply(IReadOnlyList<EmbeddingItem?>? Data, EmbeddingUsage? Usage);

/// <summary>One vector and whose it is.</summary>
internal sealed record EmbeddingItem(int? Index, [property: JsonConverter(typeof(VectorConverter))] float[]? Embedding);

/// <summary>What was consumed.</summary>
internal sealed record EmbeddingUsage(int? PromptTokens, int? TotalTokens);

/// <summary>The wire's names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EmbeddingReply))]
internal sealed partial class EmbeddingJson : JsonSerializerContext;

/// <summary>Reads a vector as a list of numbers or as Base64 of 32-bit numbers: servers differ in which they send, whichever is asked for.</summary>
internal sealed class VectorConverter : JsonConverter<float[]>
{
    /// <inheritdoc />
    public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.TryGetBytesFromBase64(out var bytes) && bytes.Length % sizeof(float) == 0 && BitConverter.IsLittleEndian
                ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
                : throw new JsonException("A vector is a list of numbers or Base64.");
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A vector is a list of numbers or Base64.");
        }

        var numbers = new List<float>(1024);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.TokenType == JsonTokenType.Number ? reader.GetSingle() : throw new JsonException("A vector holds numbers."));
        }

        return [.. numbers];
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) => throw new NotSupportedException("Vectors are only read.");
}
