using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Idp.Api.Kernel.Problems;
using Idp.Domain.Kernel;
using Microsoft.AspNetCore.Http.Metadata;

namespace Idp.Api.Kernel.Http;

/// <summary>Turns results of use cases into answers, and bodies of requests into values.</summary>
internal static class Answers
{
    private const long LargestJsonBodyBytes = 4 * 1024 * 1024;

    /// <summary>The answer for a value, or the problem.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> success) =>
        result.IsSuccess ? success(result.Value) : new ProblemResult(result.Error);

    /// <summary>A body as JSON.</summary>
    public static IResult Json<T>(T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(body, type, contentType: null, status);

    /// <summary>Reads a JSON body; an absent one is <paramref name="whenEmpty"/>, or malformed when that is null.</summary>
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, T? whenEmpty, CancellationToken ct)
        where T : class
    {
        var hasBody = request.ContentLength is > 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0);
        if (!hasBody)
        {
            return whenEmpty is not null ? whenEmpty : RequestProblems.Malformed("A JSON body is expected, and there is none.");
        }

        if (!request.HasJsonContentType())
        {
            return RequestProblems.NotOfType("application/json");
        }

        if (request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestJsonBodyBytes;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, ct) is { } body
                ? body
                : RequestProblems.Malformed("A JSON object is expected, not null.");
        }
        catch (JsonException exception)
        {
            var where = exception.Path is { Length: > 0 } path ? $" at {path}" : string.Empty;
            return RequestProblems.Malformed($"The body is not the JSON that is expected{where}, line {exception.LineNumber + 1 ?? 1}.");
        }
    }

    /// <summary>Describes the success and the problems of an endpoint for OpenAPI.</summary>
    public static RouteHandlerBuilder Describes<T>(this RouteHandlerBuilder endpoint, string name, string summary, int status = StatusCodes.Status200OK) =>
        endpoint.Describes(name, summary, typeof(T), "application/json", status);

    /// <summary>Describes an endpoint that answers with something else than JSON, or with nothing.</summary>
    public static RouteHandlerBuilder Describes(
        this RouteHandlerBuilder endpoint, string name, string summary, Type? body, string? contentType, int status)
    {
        string[] contentTypes = contentType is null ? [] : [contentType];
        return endpoint
            .WithName(name)
            .WithSummary(summary)
            .WithMetadata(
                new ProducesResponseTypeMetadata(status, body, contentTypes),
                new DefaultProblem());
    }

    /// <summary>Every endpoint may answer with a problem.</summary>
    private sealed class DefaultProblem : IProducesResponseTypeMetadata
    {
        public Type? Type => typeof(ProblemBody);

        public int StatusCode => StatusCodes.Status400BadRequest;

        public IEnumerable<string> ContentTypes => [ProblemResult.ContentType];
    }
}
