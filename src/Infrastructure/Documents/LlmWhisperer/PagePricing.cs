using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>What a page costs: the settings' price, or else that of the dated table that comes with the program.</summary>
internal sealed class PagePricing
{
    private const string Service = "llmwhisperer";

    private readonly decimal? _set;
    private readonly IReadOnlyList<PagePriceEntry> _entries;
    private readonly TimeProvider _clock;

    /// <summary>Reads the table, unless the settings have a price.</summary>
    /// <exception cref="SetupException">It cannot be read, or has no price for the mode.</exception>
    public PagePricing(LlmWhispererOptions options, TimeProvider clock)
    {
        (_set, _clock) = (options.PricePerPage, clock);
        _entries = options.PricePerPage is null ? Load(options) : [];
    }

    /// <summary>What so many pages cost today.</summary>
    public Money Of(int pages) => Money.FromDollars(pages * (_set ?? Current.Page));

    /// <summary>The latest price that holds today; the earliest where none does yet.</summary>
    private PagePriceEntry Current =>
        _entries.Where(entry => entry.From <= DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime)).MaxBy(static entry => entry.From) ?? _entries.MinBy(static entry => entry.From)!;

    private static List<PagePriceEntry> Load(LlmWhispererOptions options)
    {
        try
        {
            using var file = File.OpenRead(options.PricesFile);
            var content = JsonSerializer.Deserialize(file, PagePriceJson.Default.PagePriceFile);
            var entries = (content?.Services ?? []).Where(entry => entry.Service == Service && entry.Mode == options.Mode).ToList();
            return entries.Count > 0 && entries.TrueForAll(static entry => entry.Page is >= 0 and <= 1000)
                ? entries
                : throw new SetupException($"The price table {options.PricesFile} has no usable price for a page in mode '{options.Mode}'. Set LLMWHISPERER__PRICE_PER_PAGE.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SetupException($"The price table {options.PricesFile} (LLMWHISPERER__PRICES_FILE) cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>The file.</summary>
/// <param name="Services">Prices in US dollars for a page.</param>
internal sealed record PagePriceFile(IReadOnlyList<PagePriceEntry> Services);

/// <summary>One mode of one service from one day on.</summary>
internal sealed record PagePriceEntry(string Service, string Mode, DateOnly From, decimal Page);

/// <summary>The file's form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PagePriceFile))]
internal sealed partial class PagePriceJson : JsonSerializerContext;
