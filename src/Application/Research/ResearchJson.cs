using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Kernel;
using Idp.Domain.Research;

namespace Idp.Application.Research;

/// <summary>The one JSON form of rubrics, findings and found pages, in files, caches and tables.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(ValueListConverter), typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(Rubric))]
[JsonSerializable(typeof(Signal))]
[JsonSerializable(typeof(Tier))]
[JsonSerializable(typeof(CompanyFindings))]
[JsonSerializable(typeof(Reason))]
[JsonSerializable(typeof(FoundSource))]
[JsonSerializable(typeof(SourceText))]
[JsonSerializable(typeof(ValueList<SourceText>))]
[JsonSerializable(typeof(RowReport))]
[JsonSerializable(typeof(ValueList<RowReport>))]
[JsonSerializable(typeof(Error))]
[JsonSerializable(typeof(FieldError))]
[JsonSerializable(typeof(string))]
public sealed partial class ResearchJson : JsonSerializerContext;
