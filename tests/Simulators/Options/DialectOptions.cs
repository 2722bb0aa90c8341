namespace Idp.Simulators.Options;

/// <summary>Which parts of the wire format the provider understands.</summary>
public sealed record DialectOptions
{
    /// <summary>The best <c>response_format</c> that is understood; a better one gets 400.</summary>
    public ResponseFormatSupport ResponseFormat { get; init; } = ResponseFormatSupport.JsonSchema;

    /// <summary>The name of the output limit that gets 400 "unsupported parameter".</summary>
    public RefusedParameter RefusedParameter { get; init; } = RefusedParameter.None;

    /// <summary>Whether a <c>strict</c> schema must keep to the rules for strict schemas; one that breaks them gets 400.</summary>
    public bool CheckStrictSchemas { get; init; } = true;

    /// <summary>Whether replies carry <c>usage</c>.</summary>
    public bool SendUsage { get; init; } = true;
}

/// <summary>The best <c>response_format</c> that is understood.</summary>
public enum ResponseFormatSupport
{
    /// <summary><c>json_schema</c> and all below.</summary>
    JsonSchema,

    /// <summary><c>json_object</c> and <c>text</c>.</summary>
    JsonObject,

    /// <summary><c>text</c> only.</summary>
    Text,
}

/// <summary>The name of the output limit that is refused.</summary>
public enum RefusedParameter
{
    /// <summary>Both names are understood.</summary>
    None,

    /// <summary><c>max_completion_tokens</c>, as by older servers.</summary>
    MaxCompletionTokens,

    /// <summary><c>max_tokens</c>, as by newer models.</summary>
    MaxTokens,
}
