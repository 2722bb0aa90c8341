using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>What one page adds to a model call.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="InputTokens">Tokens of its text with its heading; not negative.</param>
/// <param name="OutputTokens">Tokens that the answer is expected to have for it; not negative.</param>
public sealed record PageLoad(int Page, int InputTokens, int OutputTokens);

/// <summary>Pages that go into one model call.</summary>
/// <param name="Pages">At least one page, in the order of the account.</param>
public sealed record PagePack(ValueList<int> Pages);
