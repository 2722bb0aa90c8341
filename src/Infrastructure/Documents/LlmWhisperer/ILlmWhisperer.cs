using System.Text.Json;
using System.Text.Json.Serialization;
using RestEase;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>LLMWhisperer's interface, version 2.</summary>
/// <remarks>Replies are taken as they come, header first, so that no body is read beyond its limit and every status is told apart here.</remarks>
[AllowAnyStatusCode]
internal interface ILlmWhisperer
{
    /// <summary>Submits the bytes of a file.</summary>
    [Post("whisper")]
    Task<HttpResponseMessage> SubmitAsync([Body] HttpContent file, [QueryMap] IDictionary<string, string> options, CancellationToken ct);

    /// <summary>Asks how a submission stands.</summary>
    [Get("whisper-status")]
    Task<HttpResponseMessage> StatusAsync([Query("whisper_hash")] string hash, CancellationToken ct);

    /// <summary>Fetches the text, which can be done once.</summary>
    [Get("whisper-retrieve")]
    Task<HttpResponseMessage> RetrieveAsync([Query("whisper_hash")] string hash, CancellationToken ct);

    /// <summary>Asks where lines stand.</summary>
    [Get("highlights")]
    Task<HttpResponseMessage> HighlightsAsync([Query("whisper_hash")] string hash, [Query("lines")] string lines, CancellationToken ct);

    /// <summary>Asks how much of the plan is used.</summary>
    [Get("get-usage-info")]
    Task<HttpResponseMessage> UsageAsync(CancellationToken ct);
}

/// <summary>What a submission is answered, as far as it is used here.</summary>
internal sealed record WhisperAccepted(string? WhisperHash);

/// <summary>How a submission stands.</summary>
internal sealed record WhisperStatus(string? Status);

/// <summary>A text, as far as it is used here.</summary>
internal sealed record WhisperText(string? ResultText);

/// <summary>Where a line stands: upper edge is <c>base_y - height</c>, in units of <c>page_height</c>; all 0 for a blank line.</summary>
internal sealed record WhisperLine(double? BaseY, double? Height, double? PageHeight);

/// <summary>The wire's names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WhisperAccepted))]
[JsonSerializable(typeof(WhisperStatus))]
[JsonSerializable(typeof(WhisperText))]
[JsonSerializable(typeof(Dictionary<string, WhisperLine>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class WhisperJson : JsonSerializerContext;
