using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval;

/// <summary>The cleaned pages of a document, as the cache holds them.</summary>
/// <param name="Pages">In order.</param>
internal sealed record CleanedText(ValueList<CleanedPage> Pages);

/// <summary>The JSON form of cleaned pages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(ValueListConverter), typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(CleanedText))]
[JsonSerializable(typeof(CleanedPage))]
[JsonSerializable(typeof(TextBlock))]
[JsonSerializable(typeof(TextPlace))]
[JsonSerializable(typeof(Box))]
internal sealed partial class CleanedTextJson : JsonSerializerContext;
