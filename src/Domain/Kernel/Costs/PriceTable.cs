namespace Idp.Domain.Kernel.Costs;

/// <summary>What a model costs from a day on.</summary>
/// <param name="Model">The model's name, or the beginning of it followed by <c>*</c>.</param>
/// <param name="From">The first day, UTC.</param>
/// <param name="InputPerMillion">US dollars for a million tokens sent.</param>
/// <param name="OutputPerMillion">US dollars for a million tokens answered.</param>
/// <param name="CachedInputPerMillion">US dollars for a million tokens sent that the provider had cached; null when they cost the same.</param>
public sealed record ModelPrice(string Model, DateOnly From, decimal InputPerMillion, decimal OutputPerMillion, decimal? CachedInputPerMillion = null)
{
    private const decimal Million = 1_000_000m;

    /// <summary>What this usage costs.</summary>
    public Money CostOf(TokenUsage usage)
    {
        var cached = Math.Clamp(usage.CachedInputTokens, 0, usage.InputTokens);
        return Money.FromDollars(
            ((usage.InputTokens - cached) * InputPerMillion / Million)
            + (cached * (CachedInputPerMillion ?? InputPerMillion) / Million)
            + (usage.OutputTokens * OutputPerMillion / Million));
    }

    /// <summary>True when this price is for that model.</summary>
    public bool IsFor(string model) => Model.EndsWith('*')
        ? model.StartsWith(Model.AsSpan(..^1), StringComparison.OrdinalIgnoreCase)
        : string.Equals(Model, model, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Prices with the days from which they hold.</summary>
/// <param name="Prices">In any order.</param>
public sealed record PriceTable(ValueList<ModelPrice> Prices)
{
    /// <summary>The price of a model on a day: the most exact name, then the latest that holds; null when none is known.</summary>
    public ModelPrice? Find(string model, DateOnly day) => Prices
        .Where(price => price.From <= day && price.IsFor(model))
        .OrderByDescending(price => price.Model.Length).ThenByDescending(price => price.From)
        .FirstOrDefault();
}
