using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Sql;

/// <summary>The JSON in the columns of the documents table.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(ValueListConverter), typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(ValueList<string>))]
[JsonSerializable(typeof(ValueList<StageProgress>))]
[JsonSerializable(typeof(ValueList<Problem>))]
[JsonSerializable(typeof(StageProgress))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(FieldError))]
[JsonSerializable(typeof(string))]
internal sealed partial class DocumentColumnsJson : JsonSerializerContext;
