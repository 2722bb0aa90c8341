using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using RestEase;

namespace Idp.Infrastructure.Research.Tavily;

/// <summary>The body of a search.</summary>
internal sealed record TavilyRequest(
    string Query, string SearchDepth, string Topic, int MaxResults, string IncludeRawContent, bool IncludeAnswer, bool IncludeImages, bool IncludeUsage);

/// <summary>What a search answers, as far as it is used here.</summary>
internal sealed record TavilyReply(IReadOnlyList<TavilyResult?>? Results, TavilyUsage? Usage);

/// <summary>One page.</summary>
internal sealed record TavilyResult(string? Title, string? Url, string? Content, double? Score, string? RawContent);

/// <summary>What a search cost.</summary>
internal sealed record TavilyUsage(double? Credits);

/// <summary>The wire's names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TavilyRequest))]
[JsonSerializable(typeof(TavilyReply))]
internal sealed partial class TavilyJson : JsonSerializerContext;

/// <summary>Tavily's interface.</summary>
/// <remarks>Replies are taken as they come, header first, so that no body is read beyond its limit and every status is told apart here.</remarks>
[AllowAnyStatusCode]
internal interface ITavily
{
    /// <summary>Searches the web.</summary>
    [Post("search")]
    Task<HttpResponseMessage> SearchAsync([Body(BodySerializationMethod.Serialized)] TavilyRequest request, CancellationToken ct);
}

/// <summary>Writes bodies with the source-generated serializer instead of RestEase's own.</summary>
internal sealed class TavilyBodySerializer : RequestBodySerializer
{
    /// <inheritdoc />
    public override HttpContent? SerializeBody<T>(T body, RequestBodySerializerInfo info) => body is null
        ? null
        : new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, typeof(T), TavilyJson.Default))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
}
