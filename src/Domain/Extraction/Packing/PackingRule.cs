namespace Idp.Domain.Extraction;

/// <summary>How many pages go into one model call.</summary>
public abstract record PackingRule
{
    private PackingRule()
    {
    }

    /// <summary>The same number of pages in each call, fewer in the last.</summary>
    /// <param name="pagesPerPack">Pages a call; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pagesPerPack"/> is not positive.</exception>
    public static PackingRule Fixed(int pagesPerPack)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pagesPerPack);
        return new PageCount(pagesPerPack);
    }

    /// <summary>As few calls as keep both budgets, and those as even as can be.</summary>
    /// <param name="inputTokens">Tokens of the pages of a call; at least 1.</param>
    /// <param name="outputTokens">Tokens of the expected answer to a call; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A budget is not positive.</exception>
    public static PackingRule Budget(int inputTokens, int outputTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputTokens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputTokens);
        return new TokenBudget(inputTokens, outputTokens);
    }

    /// <summary>A fixed number of pages a call.</summary>
    /// <param name="PagesPerPack">Pages a call.</param>
    public sealed record PageCount(int PagesPerPack) : PackingRule;

    /// <summary>A budget of tokens a call.</summary>
    /// <param name="InputTokens">Tokens of the pages of a call.</param>
    /// <param name="OutputTokens">Tokens of the expected answer to a call.</param>
    public sealed record TokenBudget(int InputTokens, int OutputTokens) : PackingRule;
}
