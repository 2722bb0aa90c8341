using System.Text.Json.Nodes;
using Idp.Api.Extraction;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Api.Compatibility;

/// <summary>Writes fields as the replaced system did: one object, a value or a list of values by name.</summary>
internal static class PageData
{
    /// <summary>The names that the replaced system gave to fields that are called otherwise here.</summary>
    private static readonly Dictionary<string, string> OldNames = new(StringComparer.Ordinal) { ["phone"] = "Phone_Number" };

    /// <summary>The fields of one page; a name has a list when the schema allows several values or there are several.</summary>
    public static JsonObject From(ValueList<ExtractedField> fields, IReadOnlySet<string> multipleNames)
    {
        var data = new JsonObject();
        foreach (var group in fields.GroupBy(static field => field.Name, StringComparer.Ordinal))
        {
            var values = group.Select(FieldBody.ValueOf).ToList();
            data[OldName(group.Key)] = values.Count > 1 || multipleNames.Contains(group.Key) ? new JsonArray([.. values]) : values[0];
        }

        return data;
    }

    /// <summary><c>account_number</c> was <c>Account_Number</c>.</summary>
    private static string OldName(string name) => OldNames.TryGetValue(name, out var old)
        ? old
        : string.Join('_', name.Split('_').Select(static word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
