using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>The text of a whole document, as the cache holds it under <c>ocr_cache/{id}/full_text.json</c>.</summary>
/// <param name="Pages">The text of each page that was read.</param>
internal sealed record FullText(ValueList<PageText> Pages);

/// <summary>The text of one page.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Text">One printed line a line.</param>
internal sealed record PageText(int Page, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(ValueListConverter)])]
[JsonSerializable(typeof(FullText))]
[JsonSerializable(typeof(PageText))]
internal sealed partial class FullTextJson : JsonSerializerContext;
