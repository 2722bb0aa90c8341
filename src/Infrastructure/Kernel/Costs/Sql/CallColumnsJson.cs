using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Kernel.Costs.Sql;

/// <summary>The JSON in columns and parameters of the tables of calls.</summary>
[JsonSerializable(typeof(IReadOnlyList<int>))]
[JsonSerializable(typeof(IReadOnlyCollection<string>))]
internal sealed partial class CallColumnsJson : JsonSerializerContext
{
    /// <summary>Page numbers as a column holds them.</summary>
    public static string OfPages(ValueList<int> pages) => JsonSerializer.Serialize(pages, Default.IReadOnlyListInt32);

    /// <summary>Page numbers of a column.</summary>
    public static ValueList<int> ToPages(string json) => JsonSerializer.Deserialize(json, Default.IReadOnlyListInt32)!.ToValueList();

    /// <summary>Several texts as one parameter, for <c>json_each</c>.</summary>
    public static string OfTexts(IReadOnlyCollection<string> texts) => JsonSerializer.Serialize(texts, Default.IReadOnlyCollectionString);
}
