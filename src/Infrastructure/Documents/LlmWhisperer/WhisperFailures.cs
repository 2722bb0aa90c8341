using System.Text;
using System.Text.Json;
using Idp.Application.Documents;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>Tells failures apart by status and wording: wait, stop, report. Wordings are looked for only where the status says too little.</summary>
internal static class WhisperFailures
{
    /// <summary>Gateways answer these when the server behind them did not in time; it may have gone on, and been paid.</summary>
    private static readonly int[] LostBehindAGateway = [504, 524, 598, 599];

    /// <summary>Why a submission was refused.</summary>
    public static Error OfSubmission(int status, TimeSpan? retryAfter) => status switch
    {
        413 => RecognitionErrors.FileTooLarge(),
        _ when LostBehindAGateway.Contains(status) => RecognitionErrors.NoAnswer($"status {status}") with { RetryAfter = retryAfter },
        _ => Of(status, retryAfter),
    };

    /// <summary>Why a question about a submission was refused.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The reply: <c>{"message":…}</c>, a bare JSON string, something else, or nothing.</param>
    /// <param name="retryAfter">How long to wait, where it was said.</param>
    public static Error OfQuestion(int status, byte[] body, TimeSpan? retryAfter)
    {
        if (status is not (400 or 404))
        {
            return Of(status, retryAfter);
        }

        var message = MessageOf(body);
        return Says("not ready") ? RecognitionErrors.NotReady()
            : Says("already") || Says("delivered") ? RecognitionErrors.AlreadyDelivered()
            : Says("not found") || Says("unknown") || status == 404 ? RecognitionErrors.UnknownOrder()
            : RecognitionErrors.BadRequest(status);

        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What an error reply says, whatever its form; empty when it says nothing.</summary>
    internal static string MessageOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WhisperJson.Default.JsonElement) switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString()!,
                { ValueKind: JsonValueKind.Object } reply when reply.TryGetProperty("message", out var message) => message.ToString(),
                _ => string.Empty,
            };
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body);
        }
    }

    private static Error Of(int status, TimeSpan? retryAfter) => status switch
    {
        401 or 403 => RecognitionErrors.Unauthorised(),
        402 => RecognitionErrors.QuotaExhausted(),
        429 => RecognitionErrors.RateLimited(retryAfter),
        408 or 409 or 425 or >= 500 => RecognitionErrors.Unavailable($"status {status}") with { RetryAfter = retryAfter },
        _ => RecognitionErrors.BadRequest(status),
    };
}
