namespace Idp.Domain.Kernel.Costs;

/// <summary>What one call of a model consumed.</summary>
/// <param name="InputTokens">Tokens sent, cached ones included.</param>
/// <param name="OutputTokens">Tokens answered, reasoning included.</param>
/// <param name="CachedInputTokens">Of the tokens sent, those that the provider bills at its price for cached input.</param>
/// <param name="Estimated">True when the provider did not say and the numbers are counted here, as an upper bound.</param>
public sealed record TokenUsage(int InputTokens, int OutputTokens, int CachedInputTokens = 0, bool Estimated = false);
