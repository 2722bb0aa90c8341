using System.Text.Json.Nodes;

namespace Idp.Simulators.Http;

/// <summary>A refusal in the provider's own form: <c>{"error":{"message","type","param","code"}}</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">For people.</param>
/// <param name="Type">The class of error.</param>
/// <param name="Param">The parameter at fault.</param>
/// <param name="Code">The stable code.</param>
/// <param name="RetryAfter">When to come again.</param>
internal sealed record ProviderError(int Status, string Message, string Type, string? Param = null, string? Code = null, TimeSpan? RetryAfter = null)
{
    /// <summary>400 for a request that is not understood.</summary>
    public static ProviderError BadRequest(string message, string? param = null, string? code = null) =>
        new(400, message, "invalid_request_error", param, code);

    /// <summary>The body.</summary>
    public JsonObject ToJson() => new()
    {
        ["error"] = new JsonObject { ["message"] = Message, ["type"] = Type, ["param"] = Param, ["code"] = Code },
    };
}
