using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Documents;

namespace Idp.Application.Documents;

/// <summary>The one JSON form of pages, in caches and between processes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(ValueListConverter), typeof(SnakeCaseEnumConverter), typeof(ConfidenceConverter), typeof(WordConverter)])]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(Word))]
public sealed partial class PageJson : JsonSerializerContext;
