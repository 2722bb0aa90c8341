using Idp.Simulators.Options;

namespace Idp.Simulators.Http;

/// <summary>What a chat request must keep to before any work is done.</summary>
internal static class ChatRules
{
    /// <summary>The first rule that is broken, or null.</summary>
    public static ProviderError? Check(ChatRequest request, DialectOptions dialect) =>
        Parameters(request, dialect.RefusedParameter) ?? Format(request, dialect);

    private static ProviderError? Parameters(ChatRequest request, RefusedParameter refused) => refused switch
    {
        RefusedParameter.None => null,
        RefusedParameter.MaxCompletionTokens => request.MaxCompletionTokens is null ? null
            : ProviderError.BadRequest("Unrecognized request argument supplied: max_completion_tokens", "max_completion_tokens", "unknown_parameter"),
        RefusedParameter.MaxTokens => request.MaxTokens is null ? null
            : ProviderError.BadRequest(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter"),
    };

    private static ProviderError? Format(ChatRequest request, DialectOptions dialect)
    {
        if (request.OutputLimit <= 0)
        {
            return ProviderError.BadRequest("The output limit must be at least 1.", request.MaxCompletionTokens is null ? "max_tokens" : "max_completion_tokens", "integer_below_min_value");
        }

        var needed = request.ResponseFormat switch
        {
            "text" => ResponseFormatSupport.Text,
            "json_object" => ResponseFormatSupport.JsonObject,
            "json_schema" => ResponseFormatSupport.JsonSchema,
            _ => (ResponseFormatSupport?)null,
        };
        return needed is null || needed < dialect.ResponseFormat
                ? ProviderError.BadRequest($"Invalid parameter: 'response_format' of type '{request.ResponseFormat}' is not supported with this model.", "response_format")
            : needed is ResponseFormatSupport.JsonObject && !request.Messages.Any(static message => message.Text.Contains("json", StringComparison.OrdinalIgnoreCase))
                ? ProviderError.BadRequest("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages")
            : needed is ResponseFormatSupport.JsonSchema ? Schema(request, dialect)
            : null;
    }

    private static ProviderError? Schema(ChatRequest request, DialectOptions dialect) =>
        request.SchemaName is not { Length: >= 1 and <= 64 } name || name.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && letter is not '_' and not '-')
            ? ProviderError.BadRequest("Invalid 'response_format.json_schema.name': 1 to 64 letters, digits, '_' or '-'.", "response_format.json_schema.name", "invalid_value")
        : !request.IsStrict || !dialect.CheckStrictSchemas ? null
        : request.Schema is null ? ProviderError.BadRequest("Missing required parameter: 'response_format.json_schema.schema'.", "response_format.json_schema.schema", "missing_required_parameter")
        : StrictSchema.Fault(request.Schema) is { } fault ? ProviderError.BadRequest($"Invalid schema for response_format '{name}': {fault}", "response_format")
        : null;
}
