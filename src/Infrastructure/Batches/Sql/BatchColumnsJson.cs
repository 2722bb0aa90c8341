using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Batches;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Batches.Sql;

/// <summary>The JSON in the columns of the tables of batches.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(ValueListConverter), typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(BatchCounts))]
[JsonSerializable(typeof(Error))]
[JsonSerializable(typeof(FieldError))]
internal sealed partial class BatchColumnsJson : JsonSerializerContext;
