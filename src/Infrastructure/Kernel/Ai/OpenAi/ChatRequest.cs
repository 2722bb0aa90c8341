using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using RestEase;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>The body of a chat request; what is null is not sent.</summary>
internal sealed record ChatRequest(
    string Model, IReadOnlyList<ChatMessage> Messages, int? Temperature, int? MaxCompletionTokens, int? MaxTokens, ChatFormat? ResponseFormat);

/// <summary>One message.</summary>
internal sealed record ChatMessage(string Role, string Content);

/// <summary>The form of the reply.</summary>
internal sealed record ChatFormat(string Type, ChatSchema? JsonSchema = null);

/// <summary>A schema that the reply keeps.</summary>
internal sealed record ChatSchema(string Name, bool Strict, JsonElement Schema);

/// <summary>The wire's names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(EmbeddingRequest))]
internal sealed partial class OpenAiJson : JsonSerializerContext;

/// <summary>Writes bodies with the source-generated serializer instead of RestEase's own.</summary>
internal sealed class ChatBodySerializer : RequestBodySerializer
{
    /// <inheritdoc />
    public override HttpContent? SerializeBody<T>(T body, RequestBodySerializerInfo info) => body is null
        ? null
        : new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, typeof(T), OpenAiJson.Default))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
}
