namespace Idp.Application.Kernel.Concurrency;

/// <summary>What a provider says of its limits with an answer; null is "not said". A limit of zero or less is not said either.</summary>
/// <param name="RequestLimit">Requests that its bucket holds.</param>
/// <param name="RequestsRemaining">Requests left in it.</param>
/// <param name="RequestsReset">Until it is full again.</param>
/// <param name="TokenLimit">Tokens that its bucket holds.</param>
/// <param name="TokensRemaining">Tokens left in it.</param>
/// <param name="TokensReset">Until it is full again.</param>
public sealed record ProviderLimits(
    int? RequestLimit, int? RequestsRemaining, TimeSpan? RequestsReset, long? TokenLimit, long? TokensRemaining, TimeSpan? TokensReset);
