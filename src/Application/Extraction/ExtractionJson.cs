using System.Text.Json.Serialization;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Json;
using Idp.Domain.Extraction;

namespace Idp.Application.Extraction;

/// <summary>The one JSON form of extraction results, page maps and schemas, in files, caches and tables.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(ValueListConverter), typeof(SnakeCaseEnumConverter), typeof(ConfidenceConverter)])]
[JsonSerializable(typeof(ExtractionResult))]
[JsonSerializable(typeof(AccountExtraction))]
[JsonSerializable(typeof(ExtractedField))]
[JsonSerializable(typeof(ExtractedTable))]
[JsonSerializable(typeof(ResultOrigin))]
[JsonSerializable(typeof(PageMap))]
[JsonSerializable(typeof(ExtractionSchema))]
[JsonSerializable(typeof(AccountPages))]
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(Alternative))]
[JsonSerializable(typeof(TableRow))]
[JsonSerializable(typeof(TableCell))]
[JsonSerializable(typeof(UnexplainedRow))]
[JsonSerializable(typeof(FinancialStatement))]
[JsonSerializable(typeof(StatementPeriod))]
[JsonSerializable(typeof(StatementLine))]
[JsonSerializable(typeof(StatementCell))]
[JsonSerializable(typeof(StatementCheck))]
[JsonSerializable(typeof(StatementLeftOut))]
[JsonSerializable(typeof(FieldDefinition))]
[JsonSerializable(typeof(TableDefinition))]
[JsonSerializable(typeof(ColumnDefinition))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
public sealed partial class ExtractionJson : JsonSerializerContext;
