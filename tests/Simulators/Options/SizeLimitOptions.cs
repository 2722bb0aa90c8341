namespace Idp.Simulators.Options;

/// <summary>How large requests and answers may be. 0 is unlimited everywhere.</summary>
public sealed record SizeLimitOptions
{
    /// <summary>Tokens of the request and the answer it asks for, together: more is 400 <c>context_length_exceeded</c>.</summary>
    public int ContextTokens { get; init; }

    /// <summary>Tokens of the request alone: more is refused as <see cref="TooLargeAs"/> says.</summary>
    public int RequestTokens { get; init; }

    /// <summary>Bytes of the request's body: more is 413.</summary>
    public int RequestBytes { get; init; }

    /// <summary>How a request above <see cref="RequestTokens"/> is refused.</summary>
    public TooLargeAs TooLargeAs { get; init; } = TooLargeAs.PayloadTooLarge;

    /// <summary>The most tokens of an answer; one that would be longer is cut with <c>finish_reason=length</c>.</summary>
    public int OutputTokens { get; init; }

    /// <summary>Rows of an answer's tables, all together: the rest is left out without a word (<c>finish_reason=stop</c>).</summary>
    public int TableRows { get; init; }
}

/// <summary>How a request that is too large is refused.</summary>
public enum TooLargeAs
{
    /// <summary>413.</summary>
    PayloadTooLarge,

    /// <summary>429 "Request too large … TPM".</summary>
    RateLimited,

    /// <summary>400 <c>bad_request</c>, as some compatible servers do.</summary>
    BadRequest,
}
