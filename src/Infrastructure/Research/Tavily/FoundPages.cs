using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Kernel;
using Idp.Domain.Research;

namespace Idp.Infrastructure.Research.Tavily;

/// <summary>A paid answer as the cache keeps it.</summary>
/// <param name="Sources">The pages.</param>
/// <param name="Credits">What they cost.</param>
/// <param name="PaidBy">The printed id of the company for which they were paid.</param>
/// <param name="FoundAt">When they were found.</param>
internal sealed record FoundPages(ValueList<SourceText> Sources, int Credits, string PaidBy, DateTimeOffset FoundAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(ValueListConverter)])]
[JsonSerializable(typeof(FoundPages))]
[JsonSerializable(typeof(SourceText))]
internal sealed partial class FoundPagesJson : JsonSerializerContext;
