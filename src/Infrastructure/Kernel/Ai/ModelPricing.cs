using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>What the configured model costs: the settings' price, or else the table's.</summary>
internal sealed class ModelPricing(LanguageModelOptions options, PriceCatalog catalog, TimeProvider clock)
{
    /// <summary>The price today; null when nobody knows.</summary>
    public ModelPrice? Current => options is { PriceInputPerMillion: { } input, PriceOutputPerMillion: { } output }
        ? new ModelPrice(options.Model, DateOnly.MinValue, input, output, options.PriceCachedInputPerMillion)
        : catalog.Table.Find(options.Model, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
}
