namespace Idp.Application.Kernel.Concurrency;

/// <summary>What a provider says of its limits along with an answer; null where it does not say.</summary>
/// <param name="RequestLimit">Requests allowed in a period; always positive.</param>
/// <param name="RequestsRemaining">Requests left of it.</param>
/// <param name="RequestsReset">Until when the requests are all there again.</param>
/// <param name="TokenLimit">Tokens allowed in a period; always positive.</param>
/// <param name="TokensRemaining">Tokens left of it.</param>
/// <param name="TokensReset">Until when the tokens are all there again.</param>
public sealed record ProviderLimits(
    int? RequestLimit, int? RequestsRemaining, TimeSpan? RequestsReset, long? TokenLimit, long? TokensRemaining, TimeSpan? TokensReset);
