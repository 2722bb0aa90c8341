using RestEase;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>OpenAI's interface for chat and embeddings, as OpenAI, Azure, vLLM, Ollama, llama.cpp and others speak it.</summary>
/// <remarks>Replies are taken as they come, header first, so that no body is read beyond its limit and every status is told apart here.</remarks>
[AllowAnyStatusCode]
internal interface IOpenAiChat
{
    /// <summary>Asks for one completion.</summary>
    [Post("chat/completions")]
    Task<HttpResponseMessage> CompleteAsync(
        [Body(BodySerializationMethod.Serialized)] ChatRequest request, [QueryMap] IDictionary<string, string> query, CancellationToken ct);

    /// <summary>Asks for vectors of texts.</summary>
    [Post("embeddings")]
    Task<HttpResponseMessage> EmbedAsync(
        [Body(BodySerializationMethod.Serialized)] EmbeddingRequest request, [QueryMap] IDictionary<string, string> query, CancellationToken ct);

    /// <summary>Lists models: the cheapest way to see whether the provider answers and takes the key.</summary>
    [Get("models")]
    Task<HttpResponseMessage> ListModelsAsync([QueryMap] IDictionary<string, string> query, CancellationToken ct);
}
