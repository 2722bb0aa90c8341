using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Infrastructure.Retrieval.Sql;

/// <summary>The JSON in the columns of the tables of knowledge.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(ValueListConverter), typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(ValueList<string>))]
[JsonSerializable(typeof(ValueList<StageProgress>))]
[JsonSerializable(typeof(DocumentSummary))]
[JsonSerializable(typeof(Error))]
[JsonSerializable(typeof(FieldError))]
[JsonSerializable(typeof(StageProgress))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class KnowledgeColumnsJson : JsonSerializerContext;
