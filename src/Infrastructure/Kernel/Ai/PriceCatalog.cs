using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>The dated price table that comes with the program, read from a file.</summary>
internal sealed class PriceCatalog(PriceTable table)
{
    /// <summary>The prices.</summary>
    public PriceTable Table => table;

    /// <summary>Reads the file.</summary>
    /// <exception cref="SetupException">It cannot be read, or holds something else.</exception>
    public static PriceCatalog Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var content = JsonSerializer.Deserialize(file, PriceJson.Default.PriceFile);
            return new PriceCatalog(new PriceTable((content?.Models ?? []).Select(ToPrice).ToValueList()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SetupException($"The price table {path} (LLM__PRICES_FILE) cannot be read: {exception.Message}", exception);
        }
    }

    private static ModelPrice ToPrice(PriceEntry entry) =>
        entry is { Model.Length: > 0, Input: >= 0 and <= 10_000, Output: >= 0 and <= 10_000 } && !(entry.CachedInput < 0) && !(entry.CachedInput > entry.Input)
            ? new ModelPrice(entry.Model, entry.From, entry.Input, entry.Output, entry.CachedInput)
            : throw new JsonException($"model '{entry.Model}' needs a name and prices from 0 to 10000, that of cached input not above that of input.");
}

/// <summary>The file.</summary>
/// <param name="Models">Prices in US dollars for a million tokens.</param>
internal sealed record PriceFile(IReadOnlyList<PriceEntry> Models);

/// <summary>One model from one day on.</summary>
internal sealed record PriceEntry(string Model, DateOnly From, decimal Input, decimal Output, decimal? CachedInput = null);

/// <summary>The file's form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PriceFile))]
internal sealed partial class PriceJson : JsonSerializerContext;
